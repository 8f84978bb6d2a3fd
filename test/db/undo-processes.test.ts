// Two reviewers who decide about the same pictures, and a deletion that meets its undoing, each in a process of its own.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { listDeletedLabels } from '../../src/db/deleted-labels.ts'
import { countLabels } from '../../src/db/labels.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'
import { Driver, together } from '../support/processes.ts'

const { db, home } = await makeDatabase()
const drivers = await Promise.all([Driver.start(home), Driver.start(home)])
after(() => Promise.all(drivers.map((driver) => driver.stop())))
const [one, other] = drivers as [Driver, Driver]

let datasets = 0
async function makeLabels(pictures: number) {
  const dataset = await openMain(db, `${++datasets}`)
  const ids: number[] = []
  for (let i = 0; i < pictures; i++) ids.push(await addNew(db, dataset, { label: 'cat', pixels: `picture ${i}` }))
  for (const label of ['dog', 'owl']) await addNew(db, dataset, { label, pixels: label })
  const [cat] = await db.selectFrom('labels').select('id').where('dataset', '=', dataset).orderBy('id').execute()
  return { dataset, shown: ids.map((id): [number, number] => [id, cat?.id ?? 0]) }
}

test('of two who move the same nine pictures at once, one does, and the other is told that they changed', async () => {
  const { dataset, shown } = await makeLabels(9)
  const move = (by: string, label: string) => ({ what: 'move' as const, dataset, by, shown, label })
  const [[first], [second]] = (await together(home, [
    [one, [move('rita', 'dog')]],
    [other, [move('sam', 'owl')]],
  ])) as [[object], [object]]
  const outcomes = [JSON.stringify(first), JSON.stringify(second)].sort()
  assert.deepEqual(outcomes, ['{"done":0,"changed":9}', '{"done":9,"changed":0}'])
  const counts = (await countLabels(db, dataset)).map((l) => l.examples).sort((a, b) => a - b)
  assert.deepEqual(counts, [1, 10])
})

test('of two who delete a label at once, one does; whoever brings it back meanwhile finds it whole or there', async () => {
  const { dataset } = await makeLabels(5)
  const about = { dataset, by: 'rita', label: 'cat' }
  const deletion = { ...about, what: 'delete label' as const }
  const outcomes = (
    await together(home, [
      [one, [deletion]],
      [other, [deletion]],
    ])
  ).flat()
  assert.equal(outcomes.filter((outcome) => 'done' in outcome && outcome.done === 5).length, 1)
  assert.equal(outcomes.filter((outcome) => 'error' in outcome).length, 1)
  const restoring = { ...about, what: 'restore label' as const }
  await together(home, [
    [one, [restoring, deletion]],
    [other, [restoring]],
  ])
  const counts = new Map((await countLabels(db, dataset)).map((l) => [l.label, l.examples]))
  const deleted = (await listDeletedLabels(db, dataset)).map((l) => l.examples)
  // Wherever they met, the five pictures are in one place.
  assert.deepEqual([counts.get('cat') ?? 0, ...deleted].filter(Boolean), [5])
})
