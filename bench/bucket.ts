// What pictures in a bucket cost beside the database: `node bench/bucket.ts`, against the stand-in of the tests on this machine, or
// against the bucket of MEKIKI_TEST_S3 with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../src/db/connection.ts'
import { LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { useEncryptionKeys } from '../src/db/encryption.ts'
import { addExamples } from '../src/db/examples.ts'
import { openBucket } from '../src/db/objects/bucket.ts'
import { useBucket } from '../src/db/objects/bucket-of.ts'
import { movePictures } from '../src/db/objects/move-pictures.ts'
import { parsePicturesUrl } from '../src/db/objects/place.ts'
import { sweepObjects } from '../src/db/objects/sweep-objects.ts'
import { readAllCopies } from '../src/db/pictures.ts'
import { runToEnd } from '../src/workers/shared-task.ts'
import { exampleOf } from '../test/support/database.ts'
import { openS3 } from '../test/support/s3.ts'

const PICTURES = 200
const COPY_BYTES = 30_000
/** Of which the fastest counts: other work on the machine only slows. */
const ROUNDS = 5
const HOUR_MS = 3_600_000

const home = mkdtempSync(join(tmpdir(), 'mekiki-bench-bucket-'))
const db = await openDatabase(home, { readers: 1 })
const s3 = await openS3()
const { MEKIKI_TEST_S3: url, S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = process.env
const own = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
const bucket = openBucket(url === undefined ? s3.options : { ...parsePicturesUrl(url), ...own })
useEncryptionKeys(db, [randomBytes(32)])

const made = (prefix: string) =>
  Array.from({ length: PICTURES }, (_, i) => {
    const example = exampleOf({ label: 'cat', pixels: `${prefix}${i}` })
    return { ...example, picture: { ...example.picture, copy: randomBytes(COPY_BYTES) } }
  })

async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    await work()
    best = Math.min(best, performance.now() - started)
  }
  return best
}

async function measure(place: string) {
  const dataset = await openDataset(db, { server: LOCAL_SERVER, name: place, create: true })
  const examples = made(place)
  const started = performance.now()
  const ids = (await addExamples(db, dataset, { examples })).map(Number)
  const addMs = performance.now() - started
  const one = ids.slice(0, 1)
  return {
    dataset,
    addMs,
    readMs: await fastest(() => readAllCopies(db, dataset, ids)),
    oneMs: await fastest(() => readAllCopies(db, dataset, one)),
  }
}

const inDatabase = await measure('database')
useBucket(db, bucket)
const inBucket = await measure('bucket')
const says = (what: string, key: 'addMs' | 'readMs' | 'oneMs'): string => {
  const [a, b] = [inDatabase[key], inBucket[key]]
  return `${what}: ${a.toFixed(1)} ms in the database, ${b.toFixed(1)} ms in the bucket (${(b / a).toFixed(1)} times)`
}
console.log(`${PICTURES} copies of ${COPY_BYTES / 1000} KB${url === undefined ? ', stand-in on this machine' : ''}`)
console.log(says('adding', 'addMs'))
console.log(says('reading all', 'readMs'))
console.log(says('reading one', 'oneMs'))
const started = performance.now()
await runToEnd(movePictures(db, 'bucket'))
console.log(`moving ${PICTURES} into the bucket, checked: ${(performance.now() - started).toFixed(0)} ms`)

await db.deleteFrom('pictures').execute()
await sweepObjects(db, Date.now() + 2 * HOUR_MS)
await bucket.close()
await s3.close()
await db.destroy()
rmSync(home, { recursive: true })
