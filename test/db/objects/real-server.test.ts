// The same against a server that is not ours, where there is one: MEKIKI_TEST_S3 is its PICTURES_URL, its keys are in S3_ACCESS_KEY_ID and
// S3_SECRET_ACCESS_KEY. What the tests put there they delete.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { copyDataset } from '../../../src/db/copy-dataset.ts'
import { LOCAL_SERVER } from '../../../src/db/datasets.ts'
import { useEncryptionKeys } from '../../../src/db/encryption.ts'
import { addExamples } from '../../../src/db/examples.ts'
import { type BucketOptions, openBucket } from '../../../src/db/objects/bucket.ts'
import { useBucket } from '../../../src/db/objects/bucket-of.ts'
import { checkPictures } from '../../../src/db/objects/check-pictures.ts'
import { movePictures } from '../../../src/db/objects/move-pictures.ts'
import { parsePicturesUrl } from '../../../src/db/objects/place.ts'
import { sweepObjects } from '../../../src/db/objects/sweep-objects.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { exampleOf, makeDataset } from '../../support/database.ts'

const { MEKIKI_TEST_S3: url, S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = process.env
const skip = url === undefined && 'MEKIKI_TEST_S3 names no bucket'
const open = (more: Partial<BucketOptions> = {}) =>
  openBucket({
    ...parsePicturesUrl(url ?? ''),
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    attempts: 2,
    ...more,
  })

test('objects are put, read and deleted; what is not there is nothing', { skip }, async () => {
  const bucket = open()
  const key = `test/${randomBytes(8).toString('hex')}`
  const bytes = randomBytes(40_000)
  await bucket.put(key, bytes)
  assert.deepEqual(await bucket.get(key), bytes)
  await bucket.delete(key)
  await bucket.delete(key)
  assert.equal(await bucket.get(key), undefined)
})

test('wrong keys, regions and buckets have their codes', { skip }, async () => {
  const { base, bucket } = parsePicturesUrl(url ?? '')
  await assert.rejects(open({ secretAccessKey: 'wrong' }).get('k'), { code: 'bucket.credentials' })
  await assert.rejects(open({ accessKeyId: 'nobody' }).get('k'), { code: /^bucket\.(credentials|denied)$/ })
  await assert.rejects(open({ region: 'xx-nowhere-9' }).get('k'), { code: 'bucket.region' })
  const other = base.replace(bucket, `${bucket}-${randomBytes(4).toString('hex')}`)
  await assert.rejects(open({ base: other }).put('k', randomBytes(8)), { code: 'bucket.not-found' })
})

test('pictures are added, copied, moved and deleted, and nothing is left', { skip }, async () => {
  const { db, dataset } = await makeDataset()
  useEncryptionKeys(db, [randomBytes(32)])
  useBucket(db, open())
  const examples = Array.from({ length: 20 }, (_, i) => exampleOf({ label: 'cat', pixels: `p${i}` }))
  await addExamples(db, dataset, { examples })
  await runToEnd(copyDataset(db, { server: LOCAL_SERVER, name: 'main', to: 'copy', by: 'ann' }))
  assert.deepEqual(await runToEnd(checkPictures(db)), { checked: 40, unreadable: 0, named: [] })
  assert.deepEqual(await runToEnd(movePictures(db, 'database')), { changed: 40, unreadable: 0 })
  assert.equal(await sweepObjects(db), 40)
})
