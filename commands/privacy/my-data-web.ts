import { basename, join } from 'node:path'
import { type Command, defineCommand, result } from '../../src/commands/define.ts'
import { makeDownloadFolder } from '../../src/services/downloads.ts'
import { whose } from '../shared/whose.ts'
import myData from './my-data.ts'

/** On the page, which `export` leads to the whole dataset: as files of gigabytes, not of messages. */
const myDataOnPage: Command = defineCommand({
  name: 'my-data',
  summary: myData.summary,
  access: 'member',
  frontEnds: ['web'],
  isPrivate: true,
  options: {},
  examples: [],
  async *run({ app, server, by }) {
    const person = whose({ server, by })
    // Loaded when it is used: other commands start sooner.
    const { writePerson } = await import('../../src/services/export/write-person.ts')
    const path = join(await makeDownloadFolder(app), 'my-data.zip')
    const { files, ...counts } = yield* writePerson(app, person, path)
    const downloads = files.map((file) => ({ name: basename(file), file }))
    yield result('myData', { ...counts, everywhere: person.server === undefined }, { downloads })
  },
})
export default myDataOnPage
