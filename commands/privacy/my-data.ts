import { setImmediate } from 'node:timers/promises'
import { strToU8, Zip, ZipPassThrough } from 'fflate'
import type { App } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { countExamplesBy, readPerson, readPicturesBy } from '../../src/db/people.ts'
import { folderNames } from '../../src/folder-names.ts'

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
    const { feedback, changes } = await readPerson(app.db, server, by)
    const datasets = await countExamplesBy(app.db, server, by)
    const examples = datasets.reduce((sum, d) => sum + d.examples, 0)
    const counts = { examples, feedback: feedback.length, changes: changes.length }
    const filed: object[] = []
    let files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = []
    let parts = 0
    // One part a message, which takes 25 MiB; and at a time, since a person may have added gigabytes.
    for await (const bytes of zipPictures(app, { server, by }, filed)) {
      if (files.length > 0) yield result('myData', counts, { files })
      files = [{ name: `my-pictures-${++parts}.zip`, bytes }]
    }
    const about = strToU8(JSON.stringify({ filed, feedback, changes }, null, 2))
    yield result('myData', counts, { files: [{ name: 'my-data.json', bytes: about }, ...files] })
  },
})

/** A person's pictures as ZIP files that fit into a message each. @param filed gets what is known of each picture */
async function* zipPictures(
  { db }: App,
  { server, by }: { server: string; by: string },
  filed: object[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let zip = new StoredZip()
  for await (const { copy, label, dataset, id, file, filed_at, state } of readPicturesBy(db, server, by)) {
    if (zip.size > 0 && zip.size + copy.length > MAX_FILE_BYTES) {
      yield zip.end()
      zip = new StoredZip()
    }
    const path = `${folderNames([dataset]).get(dataset)}/${folderNames([label]).get(label)}/${id}.jpg`
    zip.add(path, copy)
    filed.push({ path, dataset, label, file, filedAt: filed_at, state })
    // Others get their turn: a checksum of megabytes at once would hold everybody up.
    await setImmediate()
  }
  if (zip.size > 0) yield zip.end()
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
