import type { ServiceContext } from '../../context.ts'
import { readDatasetPlace } from '../../db/datasets.ts'
import {
  listStoredExamples,
  readStoredDecisions,
  readStoredExamples,
  type StoredExample,
} from '../../db/stored-examples.ts'
import { FolderNames } from '../../files/folder-names.ts'
import { MANIFEST_FORMAT, MANIFEST_VERSION } from './manifest.ts'
import { decisionLine, exampleLine, ManifestParts } from './manifest-lines.ts'
import type { ArchiveFile } from './person-archive.ts'

/** Folders of an export. What is in `pictures` is what is learned from; other programs may take it as it is. */
const FOLDERS = { kept: 'pictures', excluded: 'excluded', withdrawn: 'withdrawn' } as const

/** How many of each state, and decisions. Left out: `hidden` pictures from age-restricted channels, `unreadable` ones that the bucket lost. */
type ArchiveCounts = Record<StoredExample['state'] | 'decisions' | 'hidden' | 'unreadable', number>

/** `example`: whose picture it is; undefined: part of the manifest. */
type DatasetFile = ArchiveFile & { example?: StoredExample }

type DatasetArchive = { total: number; files: AsyncGenerator<DatasetFile, ArchiveCounts> }

/**
 * All files of a dataset's export, one in memory at a time: the stored copies, and the manifest that says what each of them
 * is (manifest.ts). What is added while it runs is not part of it.
 */
export async function openDatasetArchive(
  { db }: ServiceContext,
  dataset: number,
  { seesAll }: { seesAll: boolean },
): Promise<DatasetArchive> {
  const { name, server } = await readDatasetPlace(db, dataset)
  const { ids, hidden } = await listStoredExamples(db, { dataset, seesAll })
  const folders = new FolderNames()

  async function* files(): AsyncGenerator<DatasetFile, ArchiveCounts> {
    const counts: ArchiveCounts = { kept: 0, excluded: 0, withdrawn: 0, decisions: 0, hidden, unreadable: 0 }
    const unreadable = new Set<number>()
    const manifest = new ManifestParts()
    const header = { format: MANIFEST_FORMAT, version: MANIFEST_VERSION } as const
    manifest.add({ kind: 'dataset', ...header, dataset: name, server, exportedAt: new Date().toISOString() })
    for await (const example of readStoredExamples(db, ids)) {
      if ('unreadable' in example) {
        unreadable.add(example.unreadable)
        continue
      }
      const path = `${FOLDERS[example.state]}/${folders.of(example.label)}/${example.id}.jpg`
      counts[example.state]++
      const full = manifest.add(exampleLine(example, path))
      yield { path, bytes: example.copy, example }
      if (full) yield full
    }
    counts.unreadable = unreadable.size
    const written = ids.filter((id) => !unreadable.has(id))
    for await (const decision of readStoredDecisions(db, written)) {
      counts.decisions++
      const full = manifest.add(decisionLine(decision))
      if (full) yield full
    }
    const { kept, excluded, withdrawn, decisions } = counts
    const full = manifest.add({ kind: 'end', examples: kept + excluded + withdrawn, decisions })
    yield full ?? manifest.end()
    return counts
  }

  return { total: ids.length, files: files() }
}
