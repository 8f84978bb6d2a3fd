import { resolve } from 'node:path'
import { openApp } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, text } from '../../src/commands/options.ts'
import { config, readBucket, readDatabaseUrl, readKeys } from '../../src/config.ts'
import { restoreDatabase } from '../../src/db/backup-restore.ts'
import { movePictures } from '../../src/db/objects/move-pictures.ts'
import { restorePostgres } from '../../src/db/restore-postgres.ts'
import { createBackup } from '../../src/services/backup.ts'

export default defineCommand({
  name: 'backup',
  summary: 'write everything into one file, also while the bot serves, or restore it from one',
  access: 'operator',
  frontEnds: ['cli'],
  options: {
    action: choice('what to do', ['create', 'restore'] as const),
    file: text('the backup: a file that is not there yet for create, one that is for restore'),
    withPictures: flag('for create: with the pictures that lie in a bucket, too', { optional: true, named: true }),
  },
  examples: ['backup create mekiki-backup.sqlite', 'backup restore mekiki-backup.sqlite'],
  ifInterrupted:
    'No backup was written, and nothing was restored, unless the command said so; run the same command again.',
  async *run({ app, options: { file, withPictures } }) {
    yield result('backupCreated', await createBackup(app, file, { withPictures }))
  },
  runWithoutDatabase({ action, file }) {
    return action === 'restore' ? restore(file) : undefined
  },
})

/** The database is replaced: it must not be open, and need not even be readable. */
async function* restore(file: string) {
  const path = resolve(file)
  const [home, url, keys] = [config.home, readDatabaseUrl(), readKeys()]
  const restored =
    url === undefined
      ? await restoreDatabase(home, path, keys)
      : yield* restorePostgres({ home, url, backup: path, keys })
  yield result('backupRestored', { file: path, ...restored })
  yield* movePicturesToBucket({ home, url, keys })
}

type Restored = { home: string; url: string | undefined; keys: Buffer[] }

/** Those that the backup held go where PICTURES_URL says that pictures are; where that fails, `pictures move` goes on with it. */
async function* movePicturesToBucket({ home, url, keys }: Restored) {
  const bucket = readBucket()
  if (!bucket) return
  const app = await openApp(home, { databaseUrl: url, keys, bucket })
  try {
    const moved = yield* movePictures(app.db, 'bucket')
    if (moved.changed + moved.unreadable > 0) yield result('picturesMoved', { to: 'bucket', ...moved })
  } finally {
    await app.close()
  }
}
