import { join } from 'node:path'
import { type Command, defineCommand, result } from '../../src/commands/define.ts'
import { createBackup } from '../../src/services/backup.ts'
import { makeDownloadFolder } from '../../src/services/downloads.ts'
import backup from './backup.ts'

/** What the file is called for whoever downloads it. */
const NAME = 'mekiki-backup.sqlite'

/** On the page: a backup to download. To restore one, nothing may run. */
const backupOnPage: Command = defineCommand({
  name: 'backup',
  summary: 'write everything into one file, to be downloaded',
  access: backup.access,
  frontEnds: ['web'],
  options: {},
  examples: [],
  async *run({ app }) {
    const file = join(await makeDownloadFolder(app), NAME)
    const { bytes, missing } = await createBackup(app, file)
    yield result('backupCreated', { file: NAME, bytes, missing }, { downloads: [{ name: NAME, file }] })
  },
})
export default backupOnPage
