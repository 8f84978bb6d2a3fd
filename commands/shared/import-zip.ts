import { openExportZip } from '../../src/files/export-files.ts'
import type { Source } from '../../src/images/source.ts'
import type { LabelledSource } from '../../src/services/labeling.ts'
import type { Finished } from './add-pictures.ts'
import { findExport, finishExport, giveExported, type ImportCall } from './import-export.ts'
import { unpackLabels } from './zip-labels.ts'
import type { Listing } from './zips.ts'

type Import = { sources: AsyncIterable<LabelledSource>; finish(): Promise<Finished> }

/** The pictures of a ZIP: of an export as that says, of any other under the labels that its folders are called. */
export function importZip(call: ImportCall, listing: Listing, zip: Source): Import {
  let exported: Awaited<ReturnType<typeof findExport>>

  async function* sources(): AsyncGenerator<LabelledSource> {
    const opened = await listing.open(zip)
    exported = await findExport(call, openExportZip(opened.files), (path) => listing.nameOf(zip, path))
    if (exported) yield* giveExported(listing, { exported, of: zip })
    else yield* unpackLabels(listing, { source: zip, opened })
  }

  return { sources: sources(), finish: () => finishExport(exported) }
}
