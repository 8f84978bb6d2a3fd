import { resolve } from 'node:path'
import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, text } from '../../src/commands/options.ts'
import { config, readKeys } from '../../src/config.ts'
import { restoreDatabase } from '../../src/db/backup-restore.ts'
import { createBackup } from '../../src/services/backup.ts'

export default defineCommand({
  name: 'backup',
  summary: 'write everything into one file, also while the bot serves, or restore it from one',
  access: 'operator',
  frontEnds: ['cli'],
  options: {
    action: choice('what to do', ['create', 'restore'] as const),
    file: text('the backup: a file that is not there yet for create, one that is for restore'),
  },
  examples: ['backup create mekiki-backup.sqlite', 'backup restore mekiki-backup.sqlite'],
  ifInterrupted: 'No backup was written, and nothing was restored; run the same command again.',
  async *run({ app, options: { file } }) {
    yield result('backupCreated', await createBackup(app, file))
  },
  runWithoutDatabase({ action, file }) {
    return action === 'restore' ? restore(file) : undefined
  },
})

/** The database is replaced: it must not be open, and need not even be readable. */
async function* restore(file: string) {
  const path = resolve(file)
  yield result('backupRestored', { file: path, ...(await restoreDatabase(config.home, path, readKeys())) })
}
