import { defineCommand, result } from '../../src/commands/define.ts'
import { openPersonArchive } from '../../src/services/export/person-archive.ts'
import { zipParts } from '../../src/services/export/zip-parts.ts'
import { whose } from '../shared/whose.ts'

/** Bytes of one file: what every Discord server accepts. */
const MAX_FILE_BYTES = 9 * 2 ** 20

export default defineCommand({
  name: 'export',
  summary: 'get everything stored about you: your pictures, your feedback, your changes',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  directMessages: 'every-server',
  options: {},
  examples: [],
  async *run({ app, server, by }) {
    const person = whose({ server, by })
    const { pictures, about, ...archive } = await openPersonArchive(app, person)
    const counts = { ...archive.counts, everywhere: person.server === undefined }
    let files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = []
    let parts = 0
    // One part a message, which takes 25 MiB; and at a time, since a person may have added gigabytes.
    for await (const bytes of zipParts(pictures, MAX_FILE_BYTES)) {
      if (files.length > 0) yield result('myData', counts, { files })
      files = [{ name: `my-pictures-${++parts}.zip`, bytes }]
    }
    yield result('myData', counts, { files: [{ name: 'my-data.json', bytes: about() }, ...files] })
  },
})
