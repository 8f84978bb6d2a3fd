// Copies of pictures in a bucket: every row has its object, and no object is left without a row, whatever deletes or fails.
import assert from 'node:assert/strict'
import type { Database } from '../../../src/db/connection.ts'
import { copyDataset } from '../../../src/db/copy-dataset.ts'
import { deleteDataset, purgeDatasets } from '../../../src/db/dataset-changes.ts'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { useEncryptionKeys } from '../../../src/db/encryption.ts'
import { addExamples, removeOwnExamples } from '../../../src/db/examples.ts'
import { openBucket } from '../../../src/db/objects/bucket.ts'
import { useBucket } from '../../../src/db/objects/bucket-of.ts'
import { checkPictures } from '../../../src/db/objects/check-pictures.ts'
import { movePictures } from '../../../src/db/objects/move-pictures.ts'
import { sweepObjects } from '../../../src/db/objects/sweep-objects.ts'
import { readAllCopies, readCopies, readCopy } from '../../../src/db/pictures.ts'
import { reencryptPictures } from '../../../src/db/reencrypt.ts'
import { purgeServers } from '../../../src/db/servers.ts'
import { measureStorage } from '../../../src/db/storage.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { add, addNew, exampleOf, makeDataset, openMain } from '../../support/database.ts'
import { test } from '../../support/each-engine.ts'
import { startS3 } from '../../support/s3.ts'

const KEY = Buffer.alloc(32, 7)
const NEXT = Buffer.alloc(32, 8)
const HOUR_MS = 3_600_000
const IMPATIENT = { attemptMs: 500, attempts: 2, backoffMs: 1 }

async function open({ inBucket = true } = {}) {
  const { db, dataset } = await makeDataset()
  const s3 = await startS3()
  useEncryptionKeys(db, [KEY])
  const connect = () => useBucket(db, openBucket({ ...s3.options, ...IMPATIENT }))
  if (inBucket) connect()
  return { db, dataset, s3, connect }
}

const rowsOf = (db: Database) =>
  db.selectFrom('pictures').select(['id', 'object', 'object_bytes', 'copy']).orderBy('id').execute()
const notedIn = (db: Database) => db.selectFrom('unreferenced_objects').selectAll().execute()
const keysOf = async (db: Database) => (await rowsOf(db)).map(({ object }) => `mekiki/${object}`).toSorted()

/** What is in the bucket is what rows have, and nothing else is expected there. */
async function assertWhole(db: Database, objects: Map<string, Buffer>): Promise<void> {
  assert.deepEqual([...objects.keys()].toSorted(), await keysOf(db))
  assert.deepEqual(await notedIn(db), [])
}

test('a copy goes into the bucket before its row is written; neither has it alone', async () => {
  const { db, dataset, s3 } = await open()
  const id = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await assertWhole(db, s3.objects)
  const [row] = await rowsOf(db)
  const [bytes] = s3.objects.values()
  assert.ok(row?.object && bytes)
  assert.match(row.object, /^[0-9a-f]{2}\/[0-9a-f]{30}$/)
  // What comes before the ciphertext lies in the row alone.
  assert.deepEqual([row.copy.length, row.object_bytes, bytes.length], [36, 'copy of a'.length, 'copy of a'.length])
  assert.ok(!bytes.includes('copy'))
  assert.equal(String((await readCopies(db, dataset, [id])).get(id)), 'copy of a')
  const { copyBytes, pictures } = await measureStorage(db, dataset)
  assert.deepEqual([pictures, copyBytes], [1, 36 + 'copy of a'.length])
})

test('the same picture of two servers is two objects that nobody can tell to be the same', async () => {
  const { db, dataset, s3 } = await open()
  const other = await openMain(db, '100')
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await addNew(db, other, { label: 'cat', pixels: 'a' })
  const [one, two] = [...s3.objects.values()]
  assert.ok(one && two && !one.equals(two))
  // In one dataset it is put once.
  await addNew(db, dataset, { label: 'dog', pixels: 'a' })
  assert.equal(await add(db, dataset, { label: 'dog', pixels: 'a' }), undefined)
  assert.equal(s3.asked.length, 2)
  await assertWhole(db, s3.objects)
})

test('whatever deletes a picture, its object goes with the next sweep', async () => {
  const { db, dataset, s3 } = await open()
  const removed = await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })
  await removeOwnExamples(db, dataset, { examples: [removed], by: 'ann' })
  assert.equal((await notedIn(db)).length, 1)
  assert.equal(await sweepObjects(db), 1)
  await assertWhole(db, s3.objects)

  const zoo = await openDataset(db, { server: LOCAL_SERVER, name: 'zoo', create: true })
  for (const pixels of ['b', 'c']) await addNew(db, zoo, { label: 'cat', pixels })
  await deleteDataset(db, { server: LOCAL_SERVER, name: 'zoo', by: 'ann' })
  await Array.fromAsync(purgeDatasets(db))
  assert.equal(await sweepObjects(db), 2)

  // By cascade: the row of the dataset alone is deleted.
  const gone = await openMain(db, '100')
  await addNew(db, gone, { label: 'cat', pixels: 'd' })
  await db.deleteFrom('datasets').where('id', '=', gone).execute()
  assert.equal(await sweepObjects(db), 1)

  const left = await openMain(db, '200')
  await addNew(db, left, { label: 'cat', pixels: 'e' })
  const long = new Date(0).toISOString()
  await db.insertInto('servers').values({ id: '200', settings: '{}', joined_at: long, left_at: long }).execute()
  await purgeServers(db, new Date())
  assert.equal(await sweepObjects(db), 1)
  await assertWhole(db, s3.objects)
})

test('what the bucket refuses is not added, and what it may have got is deleted when no row can take it anymore', async () => {
  const { db, dataset, s3 } = await open()
  let puts = 0
  s3.control.react = ({ method }) => (method === 'PUT' && ++puts > 1 ? { status: 507, code: 'StorageFull' } : undefined)
  // Together, as an import does.
  const examples = ['a', 'b', 'c'].map((pixels) => exampleOf({ label: 'cat', pixels }))
  await assert.rejects(addExamples(db, dataset, { examples }), { code: 'bucket.full' })
  assert.deepEqual(await rowsOf(db), [])
  assert.equal(s3.objects.size, 1)
  assert.equal(await sweepObjects(db), 0)
  assert.equal(await sweepObjects(db, Date.now() + 2 * HOUR_MS), 3)
  await assertWhole(db, s3.objects)
})

test('a row that is written too late is not written: its object may be deleted already', async () => {
  const { db, dataset, s3 } = await open()
  s3.control.beforeAnswer = async () => {
    await db.updateTable('unreferenced_objects').set({ at: 1 }).execute()
  }
  await assert.rejects(add(db, dataset, { label: 'cat', pixels: 'a' }), { code: 'bucket.unreachable' })
  assert.deepEqual(await rowsOf(db), [])
  s3.control.beforeAnswer = async () => {}
  assert.equal(await sweepObjects(db), 1)
  await assertWhole(db, s3.objects)
})

test('a sweep that the bucket cuts off goes on with the next one', async () => {
  const { db, dataset, s3 } = await open()
  for (const pixels of ['a', 'b', 'c']) await addNew(db, dataset, { label: 'cat', pixels })
  await db.deleteFrom('pictures').execute()
  let deletions = 0
  s3.control.react = ({ method }) =>
    method === 'DELETE' && ++deletions > 1 ? { status: 403, code: 'AccessDenied' } : undefined
  await assert.rejects(sweepObjects(db), { code: 'bucket.denied' })
  assert.deepEqual([s3.objects.size, (await notedIn(db)).length], [2, 2])
  s3.control.react = () => undefined
  assert.equal(await sweepObjects(db), 2)
  await assertWhole(db, s3.objects)
})

test('no sweep deletes what a row has, whatever was noted', async () => {
  const { db, dataset, s3 } = await open()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  const [row] = await rowsOf(db)
  await db.insertInto('unreferenced_objects').values({ key: row!.object!, at: 0 }).execute()
  assert.equal(await sweepObjects(db), 0)
  await assertWhole(db, s3.objects)
})

test('objects that are lost, changed or exchanged are noticed; all others are read', async () => {
  const { db, dataset, s3 } = await open()
  const ids: number[] = []
  for (const pixels of ['a', 'b', 'c', 'd', 'e']) ids.push(await addNew(db, dataset, { label: 'cat', pixels }))
  const rows = await rowsOf(db)
  const [lost, changed, one, two] = rows.map(({ object }) => `mekiki/${object}`) as [string, string, string, string]
  s3.objects.delete(lost)
  s3.objects.set(changed, Buffer.from(s3.objects.get(changed)!.map((byte, i) => (i === 3 ? byte ^ 1 : byte))))
  const kept = s3.objects.get(one)!
  s3.objects.set(one, s3.objects.get(two)!)
  s3.objects.set(two, kept)

  assert.deepEqual([...(await readAllCopies(db, dataset, ids)).values()].map(String), ['copy of e'])
  const read = (i: number) => readCopy(db, rows[i]!.id)
  await assert.rejects(read(0), { code: 'picture.gone' })
  for (const i of [1, 2, 3]) await assert.rejects(read(i), { code: 'data.damaged' })
  const { checked, unreadable, named } = await runToEnd(checkPictures(db))
  assert.deepEqual([checked, unreadable], [5, 4])
  assert.deepEqual(
    named.map(({ example, dataset: name }) => [example, name]),
    ids.slice(0, 4).map((id) => [id, 'main']),
  )
})

test('a dataset is copied with objects of its own: deleting either leaves the other whole', async () => {
  const { db, dataset, s3 } = await open()
  const ids: number[] = []
  for (const pixels of ['a', 'b', 'c']) ids.push(await addNew(db, dataset, { label: 'cat', pixels }))
  s3.objects.delete(`mekiki/${(await rowsOf(db))[1]!.object}`)
  await runToEnd(copyDataset(db, { server: LOCAL_SERVER, name: 'main', to: 'copy', by: 'ann' }))
  const copy = await openDataset(db, { server: LOCAL_SERVER, name: 'copy', create: false })
  assert.equal(s3.objects.size, 4)
  assert.equal(new Set(await keysOf(db)).size, 6)
  assert.deepEqual(await notedIn(db), [])
  await deleteDataset(db, { server: LOCAL_SERVER, name: 'copy', by: 'ann' })
  const copied = await db
    .selectFrom('examples')
    .innerJoin('pictures', 'pictures.id', 'picture')
    .select('examples.id')
    .where('dataset', '=', copy)
    .orderBy('examples.id')
    .execute()
  const texts = await readAllCopies(
    db,
    copy,
    copied.map(({ id }) => id),
  )
  assert.deepEqual([...texts.values()].map(String), ['copy of a', 'copy of c'])
  await Array.fromAsync(purgeDatasets(db))
  await sweepObjects(db)
  assert.deepEqual([...(await readAllCopies(db, dataset, ids)).values()].map(String), ['copy of a', 'copy of c'])
  assert.equal(s3.objects.size, 2)
})

test('a picture that moves into the bucket while its dataset is copied is in the copy, too', async () => {
  const { db, dataset, s3, connect } = await open({ inBucket: false })
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  connect()
  await addNew(db, dataset, { label: 'cat', pixels: 'b' })
  s3.control.beforeAnswer = async ({ method }) => {
    if (method !== 'PUT') return
    s3.control.beforeAnswer = async () => {}
    await runToEnd(movePictures(db, 'bucket'))
  }
  await runToEnd(copyDataset(db, { server: LOCAL_SERVER, name: 'main', to: 'copy', by: 'ann' }))
  await sweepObjects(db, Date.now() + 2 * HOUR_MS)
  await assertWhole(db, s3.objects)
  assert.deepEqual([s3.objects.size, (await runToEnd(checkPictures(db))).unreadable], [4, 0])
})

test('pictures are moved into the bucket and back, each checked; cut off, moving goes on', async () => {
  const { db, dataset, s3, connect } = await open({ inBucket: false })
  const examples = Array.from({ length: 120 }, (_, i) => exampleOf({ label: 'cat', pixels: `p${i}` }))
  const ids = (await addExamples(db, dataset, { examples })).map(Number)
  await assert.rejects(runToEnd(movePictures(db, 'bucket')), { code: 'bucket.not-set' })
  connect()
  const read = async () => [...(await readAllCopies(db, dataset, ids)).values()].map(String)
  const expected = ids.map((_, i) => `copy of p${i}`)

  // What the bucket gives is not what was put there.
  s3.control.react = ({ method, key }) => {
    if (method === 'GET') s3.objects.set(key, Buffer.from('else'))
    return undefined
  }
  await assert.rejects(runToEnd(movePictures(db, 'bucket')), { code: 'data.damaged' })
  s3.control.react = () => undefined
  assert.deepEqual(await read(), expected)

  const moving = movePictures(db, 'bucket')
  await moving.next()
  await moving.return({ changed: 0, unreadable: 0 })
  assert.equal((await rowsOf(db)).filter(({ object }) => object !== null).length, 50)
  assert.deepEqual(await read(), expected)
  assert.deepEqual(await runToEnd(movePictures(db, 'bucket')), { changed: 70, unreadable: 0 })
  assert.deepEqual(await read(), expected)
  await sweepObjects(db, Date.now() + 2 * HOUR_MS)
  await assertWhole(db, s3.objects)

  s3.objects.delete(`mekiki/${(await rowsOf(db))[5]!.object}`)
  assert.deepEqual(await runToEnd(movePictures(db, 'database')), { changed: 119, unreadable: 1 })
  await sweepObjects(db)
  assert.equal(s3.objects.size, 0)
  assert.deepEqual(await read(), expected.toSpliced(5, 1))
})

test('another key: objects are encrypted anew, each under a key of its own, and the old ones go', async () => {
  const { db, dataset, s3, connect } = await open({ inBucket: false })
  const first = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  connect()
  const second = await addNew(db, dataset, { label: 'cat', pixels: 'b' })
  const before = [...s3.objects.keys()]
  useEncryptionKeys(db, [NEXT, KEY])
  assert.deepEqual(await runToEnd(reencryptPictures(db)), { changed: 2, unreadable: 0 })
  useEncryptionKeys(db, [NEXT])
  assert.deepEqual([...(await readAllCopies(db, dataset, [first, second])).values()].map(String), [
    'copy of a',
    'copy of b',
  ])
  assert.equal((await db.selectFrom('data_keys').selectAll().execute()).length, 1)
  await sweepObjects(db)
  assert.equal(s3.objects.size, 1)
  assert.ok(!s3.objects.has(before[0]!))
})

test('additions that are refused, or of what is there, leave nothing in the bucket', async () => {
  const { db, dataset, s3 } = await open()
  await db
    .insertInto('servers')
    .values({ id: '300', settings: '{}', joined_at: '', left_at: null, max_pictures: 1 })
    .execute()
  const limited = await openMain(db, '300')
  await addNew(db, limited, { label: 'cat', pixels: 'a' })
  await assert.rejects(add(db, limited, { label: 'cat', pixels: 'b' }), { code: 'limit.pictures' })
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await sweepObjects(db)
  await assertWhole(db, s3.objects)
})
