import type { ExportFiles } from '../../src/files/export-files.ts'
import type { Source } from '../../src/images/source.ts'
import { isSpoiler } from '../../src/images/spoiler.ts'
import type { ExportedSource, Trust } from '../../src/services/import/exported-example.ts'
import type { OpenExport } from '../../src/services/import/open-export.ts'
import type { Access } from '../../src/services/permissions.ts'
import type { Finished } from './add-pictures.ts'
import { hasAccess } from './has-access.ts'
import { type Call, type Listing, rejection } from './zips.ts'

type Requirement = (access: Access) => void
export type ImportCall = Call & { requireAccess: Requirement }

/** What the files are an export of; undefined: of nothing, and folders are labels. Throws UserError manifest.*, file.*, zip.* */
export async function findExport(
  { app, dataset, requireAccess }: ImportCall,
  files: ExportFiles,
  nameOf: (path: string) => string,
): Promise<OpenExport | undefined> {
  // Loaded when it is used: other commands start sooner.
  const { OpenExport } = await import('../../src/services/import/open-export.ts')
  return OpenExport.open(app, files, { dataset, trust: trustIn(requireAccess), nameOf })
}

function trustIn(requireAccess: Requirement): Trust {
  if (hasAccess(requireAccess, 'operator')) return 'operator'
  return hasAccess(requireAccess, 'manager') ? 'manager' : 'teacher'
}

/** The pictures of an export; what is refused of them goes to the listing. */
export async function* giveExported(
  listing: Listing,
  { exported, of }: { exported: OpenExport; of: Source },
): AsyncGenerator<ExportedSource> {
  const total = exported.manifest.examples
  listing.total += total
  for await (const one of listing.inTurn(exported.examples(), { of, total })) {
    if ('error' in one) {
      listing.rejected.push({ file: one.path, ...rejection(one.error) })
      if (one.error.code !== 'import.not-listed') listing.total--
    } else {
      listing.hasSpoilers ||= isSpoiler(one.exported.file)
      yield one
    }
  }
}

/** Once the pictures are there. */
export async function finishExport(exported: OpenExport | undefined): Promise<Finished> {
  return exported && { decisions: await exported.restoreDecisions(), isYours: exported.isYours }
}
