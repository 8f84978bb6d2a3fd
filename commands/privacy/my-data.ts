import { defineCommand, result } from '../../src/commands/define.ts'
import { openPersonArchive } from '../../src/services/export/person-archive.ts'
import { whose } from '../shared/whose.ts'

/** Bytes of one file: what every Discord server accepts. */
const MAX_FILE_BYTES = 9 * 2 ** 20

export default defineCommand({
  name: 'export',
  summary: 'get everything stored about you here: your pictures, your feedback, your changes',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {},
  examples: [],
  async *run({ app, server, by }) {
    const { counts, pictures, about } = await openPersonArchive(app, whose({ server, by }), MAX_FILE_BYTES)
    let files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = []
    let parts = 0
    // One part a message, which takes 25 MiB; and at a time, since a person may have added gigabytes.
    for await (const bytes of pictures) {
      if (files.length > 0) yield result('myData', counts, { files })
      files = [{ name: `my-pictures-${++parts}.zip`, bytes }]
    }
    yield result('myData', counts, { files: [{ name: 'my-data.json', bytes: about() }, ...files] })
  },
})
