import { rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ServiceContext } from '../context.ts'
import { storeUnstoredBackbones } from '../db/backbones.ts'
import { backUpDatabase } from '../db/backup.ts'
import { countInBucket } from '../db/objects/check-pictures.ts'
import { includeCopies } from '../db/objects/include-copies.ts'

/** `missing`: added backbones whose files are gone, so that the backup has them neither. `inBucket`: pictures that are not in the file. */
type Backup = { file: string; bytes: number; missing: string[]; inBucket: number }

/** `withPictures`: those of a bucket, too. */
type Options = { withPictures?: boolean | undefined }

/**
 * Writes everything into one file, while others go on; what lies in a bucket if that is wanted.
 * Throws UserError backup.exists, backup.not-writable, disk.full, bucket.*
 */
export async function createBackup(
  { db }: ServiceContext,
  file: string,
  { withPictures = false }: Options = {},
): Promise<Backup> {
  const { missing } = await storeUnstoredBackbones(db)
  const path = resolve(file)
  const bytes = await backUpDatabase(db, path)
  const inBucket = await countInBucket(db)
  if (!withPictures || inBucket === 0) return { file: path, bytes, missing, inBucket }
  try {
    const lost = await includeCopies(db, path)
    return { file: path, bytes: statSync(path).size, missing, inBucket: lost }
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}
