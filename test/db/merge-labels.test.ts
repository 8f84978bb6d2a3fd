// What becomes of a picture that both labels have, for each pair of states.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { type Actor, columnsOf, STANDINGS, type Standing, standingOf } from '../../src/db/transitions.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDataset } from '../support/database.ts'

const columns = (standing: Standing) =>
  standing === 'withdrawn' ? { state: 'withdrawn' as const, vouched: 0 } : columnsOf(standing)

/** By the state under the source, then under the target in the order of STANDINGS. */
const BY_REVIEWER: Record<Standing, Standing[]> = {
  kept: ['kept', 'vouched', 'kept', 'kept'],
  vouched: ['vouched', 'vouched', 'vouched', 'vouched'],
  excluded: ['kept', 'vouched', 'excluded', 'excluded'],
  withdrawn: ['kept', 'vouched', 'excluded', 'withdrawn'],
}
const BY_TEACHER: typeof BY_REVIEWER = {
  ...BY_REVIEWER,
  kept: ['kept', 'vouched', 'excluded', 'kept'],
  vouched: ['vouched', 'vouched', 'excluded', 'vouched'],
}
const EXPECTED: Record<Actor, typeof BY_REVIEWER> = {
  teacher: BY_TEACHER,
  reviewer: BY_REVIEWER,
  manager: BY_REVIEWER,
}

for (const as of ['teacher', 'reviewer', 'manager'] as const)
  for (const source of STANDINGS)
    for (const [i, target] of STANDINGS.entries()) {
      const expected = EXPECTED[as][source][i]
      test(`merged by a ${as}, ${source} into ${target} is ${expected}`, async () => {
        const { db, dataset } = await makeDataset()
        const both = [
          await addNew(db, dataset, { label: 'kitten', pixels: 'both', by: 'ann' }),
          await addNew(db, dataset, { label: 'cat', pixels: 'both', by: 'bob' }),
        ]
        await addNew(db, dataset, { label: 'kitten', pixels: 'own' })
        for (const [k, standing] of [source, target].entries())
          await db
            .updateTable('examples')
            .set(columns(standing))
            .where('id', '=', both[k] ?? 0)
            .execute()
        const about = { from: parseLabel('kitten'), into: parseLabel('cat'), by: 'max', as }
        const merged = await mergeLabels(db, dataset, about)
        assert.deepEqual(merged, { merged: 'kitten', into: 'cat', moved: 1, inBoth: 1 })
        const rows = await db
          .selectFrom('examples')
          .innerJoin('labels', 'labels.id', 'examples.label')
          .select(['name', 'state', 'vouched', 'examples.id'])
          .orderBy('examples.id')
          .execute()
        assert.deepEqual(
          rows.map((row) => [row.name, both.includes(row.id) ? standingOf(row) : 'other']).sort(),
          [
            ['cat', expected],
            ['cat', 'other'],
          ].sort(),
        )
      })
    }

test('what a reviewer said about a withdrawn picture is said about the one that stays', async () => {
  for (const [source, target] of [
    [
      { state: 'kept' as const, vouched: 0 },
      { state: 'withdrawn' as const, vouched: 1 },
    ],
    [
      { state: 'withdrawn' as const, vouched: 1 },
      { state: 'kept' as const, vouched: 0 },
    ],
    [
      { state: 'withdrawn' as const, vouched: 1 },
      { state: 'withdrawn' as const, vouched: 0 },
    ],
  ] as const) {
    const { db, dataset } = await makeDataset()
    for (const [label, row] of [
      ['kitten', source],
      ['cat', target],
    ] as const) {
      const id = await addNew(db, dataset, { label, pixels: 'both', by: `teacher of ${label}` })
      await db.updateTable('examples').set(row).where('id', '=', id).execute()
    }
    await mergeLabels(db, dataset, { from: parseLabel('kitten'), into: parseLabel('cat'), by: 'max', as: 'manager' })
    const rows = await db.selectFrom('examples').select(['state', 'vouched']).execute()
    assert.deepEqual(rows, [{ state: source.state === target.state ? 'withdrawn' : 'kept', vouched: 1 }])
  }
})
