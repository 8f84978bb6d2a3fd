import { setImmediate } from 'node:timers/promises'
import { strToU8, Zip, ZipPassThrough } from 'fflate'
import type { ServiceContext } from '../../context.ts'
import { readPerson, readPicturesOf } from '../../db/export-person.ts'
import { countExamplesOf, type Person } from '../../db/people.ts'
import { folderNames } from '../../folder-names.ts'

/** How much is kept of a person. */
export type PersonCounts = { examples: number; feedback: number; changes: number }

/** `about`: a JSON file of everything but the pictures, once those were written: it lists them. */
export type PersonArchive = {
  counts: PersonCounts
  /** ZIP files with the pictures; undefined between two files ends one. */
  pictures: AsyncGenerator<Uint8Array<ArrayBuffer>>
  about(): Uint8Array<ArrayBuffer>
}

/**
 * Everything that is kept of a person: their pictures in ZIP files, and one JSON file about those and the rest.
 * @param maxBytes of a ZIP file, roughly
 */
export async function openPersonArchive(
  { db }: ServiceContext,
  person: Person,
  maxBytes: number,
): Promise<PersonArchive> {
  const { feedback, decisions, changes } = await readPerson(db, person)
  const datasets = await countExamplesOf(db, person)
  const examples = datasets.reduce((sum, d) => sum + d.examples, 0)
  const filed: object[] = []

  async function* zipPictures(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    let zip = new StoredZip()
    for await (const { copy, ...picture } of readPicturesOf(db, person)) {
      if (zip.size > 0 && zip.size + copy.length > maxBytes) {
        yield zip.end()
        zip = new StoredZip()
      }
      const { server, dataset, label, id, file, filed_at: filedAt, state, addedBy } = picture
      const folders = [dataset, label].map((name) => folderNames([name]).get(name))
      // In every server: a folder each.
      const path = [...(person.server === undefined ? [server || 'terminal'] : []), ...folders, `${id}.jpg`].join('/')
      zip.add(path, copy)
      // Whoever added it is somebody else: not theirs to know.
      filed.push({ path, server, dataset, label, file, filedAt, state, postedByYou: addedBy !== person.by })
      // Others get their turn: a checksum of megabytes at once would hold everybody up.
      await setImmediate()
    }
    if (zip.size > 0) yield zip.end()
  }

  return {
    counts: { examples, feedback: feedback.length, changes: changes.length },
    pictures: zipPictures(),
    about: () => strToU8(JSON.stringify({ filed, feedback, decisions, changes }, null, 2)) as Uint8Array<ArrayBuffer>,
  }
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
