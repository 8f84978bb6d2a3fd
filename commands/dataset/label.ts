import { defineCommand } from '../../src/commands/define.ts'
import { pictures, text } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import type { ZippedFile } from '../../src/files/zip/open-zip.ts'
import type { Source } from '../../src/images/source.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import type { LabelledSource } from '../../src/services/labeling.ts'
import { addListed } from '../shared/add-pictures.ts'
import { Listing, rejection } from '../shared/zips.ts'

export default defineCommand({
  name: 'label',
  summary: 'add pictures to a label',
  access: 'teacher',
  options: {
    label: text('what the pictures show', { suggest: 'labels', max: 100 }),
    pictures: pictures('pictures, or folders and ZIP files of pictures'),
  },
  examples: ['label character-a one.png two.jpg', 'label "character b" ./folder', 'label "character b" pictures.zip'],
  createsDataset: true,
  ifInterrupted: 'Pictures added so far are kept; run the same command again to add the rest.',
  async *run({ options: { label, pictures }, ...call }) {
    const parsed = parseLabel(label)
    const given = await Array.fromAsync(pictures)
    const listing = new Listing(call)
    listing.skipped += pictures.skipped ?? 0
    yield* addListed(call, listing, { sources: unpack(listing, given, parsed), label: parsed })
  },
})

/** Pictures as they are, and all that are in ZIPs. One ZIP that cannot be opened does not stop the others. */
async function* unpack(listing: Listing, given: Source[], label: Label): AsyncGenerator<LabelledSource> {
  listing.total += given.filter((source) => !source.zip).length
  for (const source of given) {
    if (!source.zip) {
      yield { source, label }
      continue
    }
    try {
      const { files } = await listing.open(source)
      if (files.length === 0) throw new UserError('zip.empty', `Expected pictures in ${source.name}, found none`)
      listing.total += files.length
      listing.folders += countFolders(files)
      yield* listing.give(source, files, label)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      listing.rejected.push({ file: source.name, ...rejection(error) })
    }
  }
}

/** Those that have pictures: as labels they would be told apart. */
const countFolders = (files: readonly ZippedFile[]): number =>
  new Set(files.map(({ path }) => path.slice(0, -1).join('/'))).size
