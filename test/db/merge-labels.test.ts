// What becomes of a picture that both labels have, for each pair of states.
import assert from 'node:assert/strict'
import type { KyselyPlugin } from 'kysely'
import { BATCH } from '../../src/db/chunks.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { type Actor, columnsOf, STANDINGS, type Standing, standingOf } from '../../src/db/transitions.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDatabase, makeDataset, openMain } from '../support/database.ts'
import { sharedByEngine, test } from '../support/each-engine.ts'

const shared = sharedByEngine(makeDatabase)
let servers = 0

/** A dataset of its own in the database of all tests. */
async function shareDataset() {
  const { db } = await shared()
  return { db, dataset: await openMain(db, `${++servers}`) }
}

type Living = Exclude<Standing, 'deleted'>
const LIVING = STANDINGS.filter((standing) => standing !== 'deleted')

const columns = (standing: Living) =>
  standing === 'withdrawn' ? { state: 'withdrawn' as const, vouched: 0 } : columnsOf(standing)

/** By the state under the source, then under the target in the order of STANDINGS. */
const BY_REVIEWER: Record<Living, Living[]> = {
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
  'lone-reviewer': BY_TEACHER,
  reviewer: BY_REVIEWER,
  manager: BY_REVIEWER,
}

for (const as of ['teacher', 'lone-reviewer', 'reviewer', 'manager'] as const)
  for (const source of LIVING)
    for (const [i, target] of LIVING.entries()) {
      const expected = EXPECTED[as][source][i]
      test(`merged by a ${as}, ${source} into ${target} is ${expected}`, async () => {
        const { db, dataset } = await shareDataset()
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
        const { id: _, ...merged } = await mergeLabels(db, dataset, about)
        assert.deepEqual(merged, { merged: 'kitten', into: 'cat', moved: 1, inBoth: 1 })
        const rows = await db
          .selectFrom('examples')
          .innerJoin('labels', 'labels.id', 'examples.label')
          .select(['name', 'state', 'vouched', 'examples.id'])
          .where('dataset', '=', dataset)
          .where('state', '<>', 'deleted')
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
    const rows = await db.selectFrom('examples').select(['state', 'vouched']).where('state', '<>', 'deleted').execute()
    assert.deepEqual(rows, [{ state: source.state === target.state ? 'withdrawn' : 'kept', vouched: 1 }])
  }
})

test('a large label is merged with statements that change at most a batch each, and nothing is lost', async () => {
  const { db, dataset } = await makeDataset()
  const total = 2 * BATCH + 1
  const both = 7
  await addNew(db, dataset, { label: 'cat', pixels: 'first' })
  await addNew(db, dataset, { label: 'kitten', pixels: 'first' })
  const [cat, kitten] = await db.selectFrom('labels').select('id').orderBy('id').execute()
  assert.ok(cat && kitten)
  const row = { dataset, file_hash: Buffer.from('f'), perceptual_hash: '0', copy: Buffer.from('c') }
  const about = { file: 'f', filed_at: '2026', filed_by: 'ann', state: 'kept' as const, vouched: 0 }
  await db.transaction().execute(async (t) => {
    for (let i = 1; i < total; i++) {
      const picture = { ...row, pixel_hash: Buffer.from(`p ${i}`) }
      const { id } = await t.insertInto('pictures').values(picture).returning('id').executeTakeFirstOrThrow()
      await t
        .insertInto('examples')
        .values({ ...about, picture: id, label: kitten.id })
        .execute()
      if (i < both)
        await t
          .insertInto('examples')
          .values({ ...about, picture: id, label: cat.id })
          .execute()
    }
  })
  let most = 0
  const note: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      most = Math.max(most, Number(result.numAffectedRows ?? 0), result.rows.length)
      return result
    },
  }
  const merge = { from: parseLabel('kitten'), into: parseLabel('cat'), by: 'max', as: 'manager' as const }
  const merged = await mergeLabels(db.withPlugin(note), dataset, merge)
  assert.deepEqual([merged.moved, merged.inBoth], [total - both, both])
  const { n } = await db
    .selectFrom('examples')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('label', '=', cat.id)
    .executeTakeFirstOrThrow()
  assert.equal(n, total)
  assert.equal(most, BATCH)
})
