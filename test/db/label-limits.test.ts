// A server's limit of labels holds for whatever makes a label: adding, moving, undoing a move, bringing one back.
import assert from 'node:assert/strict'
import { undoSomeDecisions } from '../../src/db/clean-up.ts'
import type { Database } from '../../src/db/connection.ts'
import { restoreLabel } from '../../src/db/deleted-labels.ts'
import { countLabels, deleteLabel } from '../../src/db/labels.ts'
import { decide } from '../../src/db/reviews.ts'
import { setLimits } from '../../src/db/server-limits.ts'
import { joinServer } from '../../src/db/servers.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'
import { sharedByEngine, test as testOnEach } from '../support/each-engine.ts'

const shared = sharedByEngine(makeDatabase)
let db: Database
const limits = { labels: 2 }
const MANAGER = { by: 'max', as: 'manager' } as const
const FULL = { code: 'limit.labels', values: { max: 2 } }
let servers = 0
let server = ''
let dataset = 0
let cats: number[] = []
let dog = 0

const move = (example: number, label: string) =>
  decide(db, dataset, {
    ...{ examples: [example], decision: 'move', label: parseLabel(label), agreement: 1, limits },
    ...MANAGER,
  })
const labels = async () => (await countLabels(db, dataset)).map(({ label }) => label)

async function makeServer(): Promise<void> {
  db = (await shared()).db
  server = `${++servers}`
  await joinServer(db, server)
  dataset = await openMain(db, server)
  cats = [
    await addNew(db, dataset, { label: 'cat', pixels: 'a cat' }),
    await addNew(db, dataset, { label: 'cat', pixels: 'b cat' }),
  ]
  dog = await addNew(db, dataset, { label: 'dog', pixels: 'a dog' })
}

const test = (name: string, work: () => Promise<void>): void => testOnEach(name, () => makeServer().then(work))

test('a move to a new label is refused where there is no room, and changes nothing', async () => {
  await assert.rejects(move(cats[0]!, 'cow'), FULL)
  assert.deepEqual(await countLabels(db, dataset), [
    { label: 'cat', examples: 2 },
    { label: 'dog', examples: 1 },
  ])
  // A label that is there, and one that takes the place of another, need none.
  assert.equal((await move(cats[0]!, 'DOG')).done, 1)
  assert.equal((await move(cats[1]!, 'cow')).done, 1)
  assert.deepEqual(await labels(), ['cow', 'dog'])
})

test('what was set for a server counts, not what others may have', async () => {
  await setLimits(db, { server, by: 'operator', labels: 3 })
  assert.equal((await move(cats[0]!, 'cow')).done, 1)
  await addNew(db, dataset, { label: 'cow', pixels: 'another cow' })
  await assert.rejects(move(cats[0]!, 'hen'), { code: 'limit.labels', values: { max: 3 } })
})

test('a server that has more than it may have can still move', async () => {
  await setLimits(db, { server, by: 'operator', labels: 1 })
  assert.equal((await move(cats[0]!, 'dog')).done, 1)
  assert.equal((await move(cats[1]!, 'cow')).done, 1)
  await assert.rejects(move(cats[0]!, 'hen'), { code: 'limit.labels' })
})

test('undoing a move does not bring a label back for which there is no room; once there is, it does', async () => {
  assert.equal((await move(dog, 'cat')).done, 1)
  await addNew(db, dataset, { label: 'cow', pixels: 'a cow' })
  await assert.rejects(undoLast(db, dataset, { by: 'max', limits }), FULL)
  assert.deepEqual(await labels(), ['cat', 'cow'])
  await deleteLabel(db, dataset, { label: parseLabel('cow'), ...MANAGER })
  assert.equal((await undoLast(db, dataset, { by: 'max', limits }))?.example, dog)
  assert.deepEqual(await labels(), ['cat', 'dog'])
})

test('undoing a move gives a label its place back from the one that it empties', async () => {
  await move(dog, 'cow')
  assert.deepEqual(await labels(), ['cat', 'cow'])
  assert.equal((await undoLast(db, dataset, { by: 'max', limits }))?.example, dog)
  assert.deepEqual(await labels(), ['cat', 'dog'])
})

test('a deleted label comes back where there is room', async () => {
  await deleteLabel(db, dataset, { label: parseLabel('dog'), ...MANAGER })
  await addNew(db, dataset, { label: 'cow', pixels: 'a cow' })
  const restore = () => restoreLabel(db, dataset, { label: parseLabel('dog'), ...MANAGER, limits })
  await assert.rejects(restore(), FULL)
  await deleteLabel(db, dataset, { label: parseLabel('cow'), ...MANAGER })
  assert.equal((await restore()).examples, 1)
})

test('a clean-up leaves the moves for whose labels there is no room, and comes to an end', async () => {
  await move(dog, 'cat')
  await addNew(db, dataset, { label: 'cow', pixels: 'a cow' })
  const doings = { person: 'max', since: '2000-01-01T00:00:00.000Z', by: 'ann', limits }
  assert.deepEqual(await undoSomeDecisions(db, dataset, doings), { undone: [], left: [dog] })
  assert.deepEqual(await undoSomeDecisions(db, dataset, doings), { undone: [], left: [] })
})
