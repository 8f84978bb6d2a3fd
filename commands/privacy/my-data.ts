import { setImmediate } from 'node:timers/promises'
import { strToU8, Zip, ZipPassThrough } from 'fflate'
import type { App } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { readPerson, readPicturesBy } from '../../src/db/people.ts'
import { folderNames } from '../../src/folder-names.ts'

/** Bytes of one file: what every Discord server accepts. */
const MAX_FILE_BYTES = 9 * 2 ** 20
/** Files of one message. */
const MAX_FILES = 10

export default defineCommand({
  name: 'export',
  summary: 'get everything stored about you here: your pictures, your feedback, your changes',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {},
  examples: [],
  async *run({ app, server, by }) {
    const { feedback, changes } = await readPerson(app.db, server, by)
    const { filed, zips } = await zipPictures(app, server, by)
    const about = strToU8(JSON.stringify({ filed, feedback, changes }, null, 2))
    const files = [{ name: 'my-data.json', bytes: about }]
    for (const [i, bytes] of zips.entries()) files.push({ name: `my-pictures-${i + 1}.zip`, bytes })
    const counts = { examples: filed.length, feedback: feedback.length, changes: changes.length }
    for (let i = 0; i < files.length; i += MAX_FILES)
      yield result('myData', counts, { files: files.slice(i, i + MAX_FILES) })
  },
})

/** A person's pictures as ZIP files that fit into a message each, and what is known of each picture. */
async function zipPictures({ db }: App, server: string, by: string) {
  const filed: object[] = []
  const zips: Uint8Array<ArrayBuffer>[] = []
  let zip = new StoredZip()
  for await (const { copy, label, dataset, id, file, filed_at, state } of readPicturesBy(db, server, by)) {
    if (zip.size > 0 && zip.size + copy.length > MAX_FILE_BYTES) {
      zips.push(zip.end())
      zip = new StoredZip()
    }
    const path = `${folderNames([dataset]).get(dataset)}/${folderNames([label]).get(label)}/${id}.jpg`
    zip.add(path, copy)
    filed.push({ path, dataset, label, file, filedAt: filed_at, state })
    // Others get their turn: a checksum of megabytes at once would hold everybody up.
    await setImmediate()
  }
  if (zip.size > 0) zips.push(zip.end())
  return { filed, zips }
}

/** A ZIP file that grows by one file at a time. Nothing is compressed: JPEG does not get smaller. */
class StoredZip {
  private readonly chunks: Uint8Array[] = []
  private readonly zip = new Zip((error, chunk) => {
    if (error) throw error
    this.chunks.push(chunk)
  })
  /** Bytes of the files in it. */
  size = 0

  add(path: string, bytes: Uint8Array): void {
    const entry = new ZipPassThrough(path)
    this.zip.add(entry)
    entry.push(bytes, true)
    this.size += bytes.length
  }

  end(): Uint8Array<ArrayBuffer> {
    this.zip.end()
    return new Uint8Array(Buffer.concat(this.chunks))
  }
}
