import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defineCommand } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import { openExportFolder } from '../../src/files/export-files.ts'
import { findLabelFolders } from '../../src/files/label-folders.ts'
import { type Path, readable } from '../../src/files/path.ts'
import { fileSource, isZip, nothingFound } from '../../src/files/sources.ts'
import { walk } from '../../src/files/walk.ts'
import type { LabelledSource } from '../../src/services/labeling.ts'
import { addListed } from '../shared/add-pictures.ts'
import { findExport, finishExport, giveExported } from '../shared/import-export.ts'
import { importZip } from '../shared/import-zip.ts'
import { Listing, parseFolderName, rejection } from '../shared/zips.ts'

export default defineCommand({
  name: 'import',
  summary:
    'add a folder or ZIP file of pictures in which each subfolder is a label, or one that was exported; what is there already is skipped',
  access: 'teacher',
  frontEnds: ['cli'],
  options: { dir: text('a folder, or a ZIP file, whose subfolders are labels, or what `export` wrote') },
  examples: ['import ./pictures', 'import pictures.zip'],
  createsDataset: true,
  ifInterrupted: 'Pictures added so far are kept; run the same command again to add the rest.',
  async *run({ options: { dir }, ...call }) {
    const listing = new Listing(call)
    if (await isFile(dir)) {
      const zip = { ...fileSource(dir), zip: async () => ({ file: await requireZip(dir) }) }
      return yield* addListed(call, listing, importZip(call, listing, zip))
    }
    const exported = await findExport(call, openExportFolder(dir, await listTop(dir)), (path) => join(dir, path))
    const sources = exported
      ? giveExported(listing, { exported, of: fileSource(dir) })
      : await listLabelledFiles(listing, dir)
    yield* addListed(call, listing, { sources, finish: () => finishExport(exported) })
  },
})

/** Of what is no folder, nothing: it is said when it is read. */
const listTop = (dir: string): Promise<string[]> => readdir(dir).catch(() => [])

/** What is not there is looked at as a folder, which says so. */
const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => false,
  )

async function requireZip(path: string): Promise<string> {
  if (await isZip(path)) return path
  throw new UserError('file.not-a-folder', `Expected a folder or a ZIP file, received another file: ${path}`)
}

/** The files of each label's folder. Those of a folder whose name cannot be a label are rejected. */
async function listLabelledFiles(listing: Listing, dir: string): Promise<AsyncIterable<LabelledSource>> {
  const { folders, failures, parts, skipped } = await findLabelFolders(dir)
  const reject = (path: Path, error: UserError): void =>
    void listing.rejected.push({ file: readable(path), ...rejection(error) })
  const sources: LabelledSource[] = []
  listing.parts.push(...parts)
  listing.skipped += skipped
  for (const { path, error } of failures) reject(path, error)
  for (const { label: name, path: folder } of folders) {
    const label = parseFolderName(name)
    for await (const found of walk(folder, dir)) {
      if ('skipped' in found) listing.skipped += found.skipped
      else if ('failed' in found) reject(found.failed, found.error)
      else if (label instanceof UserError) reject(found.file, label)
      else sources.push({ source: fileSource(found.file, dir), label })
    }
  }
  if (sources.length + listing.rejected.length === 0) throw nothingFound([dir], listing.skipped)
  listing.total = sources.length
  return each(sources)
}

async function* each(sources: LabelledSource[]): AsyncGenerator<LabelledSource> {
  yield* sources
}
