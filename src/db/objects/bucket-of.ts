import { UserError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import type { Bucket } from './bucket.ts'

const buckets = new WeakMap<Database, Bucket>()

/** Gives a database the bucket that copies of its pictures go to. */
export const useBucket = (db: Database, bucket: Bucket): void => void buckets.set(db, bucket)
/** Undefined: copies stay in the database. */
export const bucketOf = (db: Database): Bucket | undefined => buckets.get(db)

/** Throws UserError bucket.not-set */
export function requireBucket(db: Database): Bucket {
  const bucket = bucketOf(db)
  if (bucket) return bucket
  throw new UserError(
    'bucket.not-set',
    'Expected PICTURES_URL to name the bucket that pictures lie in, found none: set it, and start again',
  )
}

/** Refuses to open a database without the bucket that some of its pictures lie in. Throws UserError bucket.not-set */
export async function requireBucketIfUsed(db: Database): Promise<void> {
  const query = db.selectFrom('pictures').select('id').where('object', 'is not', null).limit(1)
  if (!bucketOf(db) && (await query.executeTakeFirst())) requireBucket(db)
}
