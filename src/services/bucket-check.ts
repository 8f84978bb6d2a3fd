import { randomBytes } from 'node:crypto'
import type { ServiceContext } from '../context.ts'
import { bucketOf } from '../db/objects/bucket-of.ts'
import { checkSample, countInBucket } from '../db/objects/check-pictures.ts'
import { countDueObjects } from '../db/objects/sweep-objects.ts'
import type { Check } from './doctor.ts'

/** Pictures that are read: some seconds of a bucket far away. */
const SAMPLE = 50
const TRIED_BYTES = 64

const BUCKET_TODO = 'correct PICTURES_URL, or what its key may do (docs/operating/pictures-in-s3.md)'
const PICTURES_TODO = 'run `pictures check`, and restore those objects in the bucket (docs/operating/pictures-in-s3.md)'

/** Whether the bucket keeps what is put there, if there is one. */
export async function* checkBucket(app: ServiceContext): AsyncGenerator<Check> {
  if (!bucketOf(app.db)) return
  const bucket = await attempt('bucket', BUCKET_TODO, () => tryBucket(app))
  yield bucket
  if (bucket.ok) yield await attempt('bucket pictures', PICTURES_TODO, () => readSample(app))
}

/** Puts, reads and deletes an object, and asks for it once more: who may not list is told "denied" of what is not there. */
async function tryBucket({ db }: ServiceContext): Promise<string> {
  const bucket = bucketOf(db)
  const key = `check/${randomBytes(16).toString('hex')}`
  const bytes = randomBytes(TRIED_BYTES)
  await bucket?.put(key, bytes)
  const read = await bucket?.get(key)
  await bucket?.delete(key)
  if (!read?.equals(bytes)) throw new Error('it gives something else than was put there')
  if (await bucket?.get(key)) throw new Error('it still has what was deleted')
  return 'keeps, gives and deletes what is put there'
}

async function readSample({ db }: ServiceContext): Promise<string> {
  const { checked, unreadable, named } = await checkSample(db, SAMPLE)
  if (unreadable > 0)
    throw new Error(
      `${unreadable} of ${checked} pictures are missing or changed: ${named.map(({ example }) => `#${example}`).join(', ')}`,
    )
  const waiting = await countDueObjects(db)
  return `${checked} of ${await countInBucket(db)} were read, ${waiting} wait to be deleted`
}

async function attempt(check: string, todo: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { check, ok: true, found: await work() }
  } catch (error) {
    return { check, ok: false, found: error instanceof Error ? error.message : String(error), todo }
  }
}
