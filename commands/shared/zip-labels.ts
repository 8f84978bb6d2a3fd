import { UserError } from '../../src/errors.ts'
import type { OpenZip } from '../../src/files/zip/open-zip.ts'
import type { Source } from '../../src/images/source.ts'
import type { LabelledSource } from '../../src/services/labeling.ts'
import { type Listing, parseFolderName } from './zips.ts'

/** The files of a ZIP under the labels that its folders are called. Throws UserError zip.*, import.flat */
export async function* unpackLabels(
  listing: Listing,
  { source, opened: { files, failures } }: { source: Source; opened: OpenZip },
): AsyncGenerator<LabelledSource> {
  const { findZippedLabels } = await import('../../src/files/zip/label-folders.ts')
  const found = await findZippedLabels(files, source.name)
  listing.parts.push(...found.parts)
  listing.skipped += found.skipped
  listing.reject(source, found.failures)
  const named = found.labels.map(({ label, files }) => ({ label: parseFolderName(label), files }))
  const usable = named.flatMap(({ label, files }) => (label instanceof UserError ? [] : [{ label, files }]))
  for (const { label, files } of named)
    if (label instanceof UserError)
      listing.reject(
        source,
        files.map(({ path }) => ({ path: path.join('/'), error: label })),
      )
  if (usable.length + failures.length + listing.rejected.length === 0)
    throw new UserError('zip.empty', `Expected pictures in ${source.name}, found none`)
  listing.total += usable.reduce((sum, { files }) => sum + files.length, 0)
  for (const { label, files } of usable) yield* listing.give(source, files, label)
}
