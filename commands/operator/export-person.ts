import { resolve } from 'node:path'
import { defineCommand, result } from '../../src/commands/define.ts'
import { person, text } from '../../src/commands/options.ts'
import { parsePerson } from '../shared/requested-person.ts'

/** For those who ask by mail, as /export in a direct message is for those who ask the bot. */
export default defineCommand({
  name: 'export-person',
  summary: 'write everything stored about a person, on every server, left ones included, into a ZIP file',
  access: 'operator',
  frontEnds: ['cli'],
  options: {
    person: person('the Discord id of the person'),
    output: text('the file to write; by default mekiki-ID.zip', { optional: true, named: true }),
  },
  examples: ['export-person 140000000000000001', 'export-person 140000000000000001 --output request-7.zip'],
  ifInterrupted: 'The file is incomplete: delete it and run the same command again.',
  async *run({ app, options: { person, output } }) {
    const by = parsePerson(person)
    // Loaded when it is used: other commands start sooner.
    const { writePerson } = await import('../../src/services/export/write-person.ts')
    const written = yield* writePerson(app, { by }, resolve(output ?? `mekiki-${by}.zip`))
    yield result('personExported', { person: by, ...written })
  },
})
