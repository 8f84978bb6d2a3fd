import { resolve } from 'node:path'
import type { ServiceContext } from '../context.ts'
import { storeUnstoredBackbones } from '../db/backbones.ts'
import { backUpDatabase } from '../db/backup.ts'

/** `missing`: added backbones whose files are gone, so that the backup has them neither. */
type Backup = { file: string; bytes: number; missing: string[] }

/** Writes everything into one file, while others go on. Throws UserError backup.exists, backup.not-writable, disk.full */
export async function createBackup({ db }: ServiceContext, file: string): Promise<Backup> {
  const { missing } = await storeUnstoredBackbones(db)
  const path = resolve(file)
  return { file: path, bytes: await backUpDatabase(db, path), missing }
}
