import { setImmediate } from 'node:timers/promises'
import { strToU8 } from 'fflate'
import type { ServiceContext } from '../../context.ts'
import { readPerson, readPicturesOf } from '../../db/export-person.ts'
import { countExamplesOf, type Person } from '../../db/people.ts'
import { folderNames } from '../../files/folder-names.ts'

export type ArchiveFile = { path: string; bytes: Uint8Array }

/** `pictures`: one after the other. `about`: everything else as JSON, once those were read: it lists them. */
type PersonArchive = {
  /** How much is kept of them. */
  counts: { examples: number; feedback: number; changes: number; ignored: number }
  pictures: AsyncGenerator<ArchiveFile>
  about(): Uint8Array<ArrayBuffer>
}

/** Everything that is kept of a person: the files of an archive. */
export async function openPersonArchive({ db }: ServiceContext, person: Person): Promise<PersonArchive> {
  const { feedback, decisions, changes, ignored } = await readPerson(db, person)
  const datasets = await countExamplesOf(db, person)
  const examples = datasets.reduce((sum, d) => sum + d.examples, 0)
  const filed: object[] = []

  async function* readPictures(): AsyncGenerator<ArchiveFile> {
    for await (const { copy, ...picture } of readPicturesOf(db, person)) {
      const { server, dataset, label, id, file, filed_at: filedAt, state, addedBy } = picture
      const folders = [dataset, label].map((name) => folderNames([name]).get(name))
      // In every server: a folder each.
      const place = [...(person.server === undefined ? [server || 'terminal'] : []), ...folders, `${id}.jpg`].join('/')
      // Without a file: the bucket lost it.
      const path = copy ? place : null
      // Who added what they posted is somebody else: not theirs to know.
      filed.push({ path, server, dataset, label, file, filedAt, state, postedByYou: addedBy !== person.by })
      if (copy) yield { path: place, bytes: copy }
      // Others get their turn: a checksum of megabytes at once would hold everybody up.
      await setImmediate()
    }
  }

  return {
    counts: { examples, feedback: feedback.length, changes: changes.length, ignored: ignored.length },
    pictures: readPictures(),
    about: () => new Uint8Array(strToU8(JSON.stringify({ filed, feedback, decisions, changes, ignored }, null, 2))),
  }
}
