import { strToU8, zipSync } from 'fflate'
import { defineCommand, result } from '../../src/commands/define.ts'
import { readPerson, readPicturesBy } from '../../src/db/people.ts'
import { folderNames } from '../../src/folder-names.ts'

/** Of one file, in bytes: what every server takes. */
const LARGEST = 9 * 2 ** 20
/** Of one answer. */
const FILES = 10

export default defineCommand({
  name: 'export',
  summary: 'get everything that is kept of you here: your pictures, what you said, what you changed',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {},
  examples: [],
  async *run({ app, server, by }) {
    const { feedback, changes } = await readPerson(app.db, server, by)
    const filed: object[] = []
    const zips: Uint8Array[] = []
    let part: Record<string, Uint8Array> = {}
    let size = 0
    const close = (): void => {
      // JPEG does not get smaller.
      if (size > 0) zips.push(zipSync(part, { level: 0 }))
      part = {}
      size = 0
    }
    for await (const { copy, label, dataset, id, file, filed_at, state } of readPicturesBy(app.db, server, by)) {
      if (size + copy.length > LARGEST) close()
      const path = `${folderNames([dataset]).get(dataset)}/${folderNames([label]).get(label)}/${id}.jpg`
      part[path] = copy
      size += copy.length
      filed.push({ path, dataset, label, file, filedAt: filed_at, state })
    }
    close()
    const about = strToU8(JSON.stringify({ filed, feedback, changes }, null, 2))
    const files = [
      { name: 'my-data.json', bytes: about },
      ...zips.map((bytes, i) => ({ name: `my-pictures-${i + 1}.zip`, bytes })),
    ]
    const counts = { examples: filed.length, feedback: feedback.length, changes: changes.length }
    for (let i = 0; i < files.length; i += FILES) yield result('myData', counts, { files: files.slice(i, i + FILES) })
  },
})
