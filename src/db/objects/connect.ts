import { UserError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import type { BucketOptions } from './bucket.ts'
import { requireBucketIfUsed, useBucket } from './bucket-of.ts'
import { sweepObjects } from './sweep-objects.ts'

export type { BucketOptions }

/** Nobody waits longer at a stop for objects to be deleted: what is left is deleted by the next process. */
const LAST_SWEEP_MS = 3_000

/** `hasKey`: whether copies are encrypted. */
type Connecting = { options: BucketOptions | undefined; hasKey: boolean }

/**
 * Gives a database its bucket, if there is one. @returns what ends it
 * Throws UserError bucket.no-key, bucket.not-set
 */
export async function connectBucket(db: Database, { options, hasKey }: Connecting): Promise<() => Promise<void>> {
  if (!options) {
    await requireBucketIfUsed(db)
    return async () => {}
  }
  if (!hasKey)
    throw new UserError(
      'bucket.no-key',
      'Expected DATA_KEY where PICTURES_URL is set, since pictures leave this machine only encrypted, found none',
    )
  // Loaded only here: most owners have no bucket.
  const { openBucket } = await import('./bucket.ts')
  const bucket = openBucket(options)
  useBucket(db, bucket)
  return async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, LAST_SWEEP_MS)
    await Promise.race([sweepObjects(db).catch(() => 0), promise])
    clearTimeout(timer)
    await bucket.close()
  }
}
