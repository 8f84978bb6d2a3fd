import { defineCommand } from '../../src/commands/define.ts'
import { upload } from '../../src/commands/options.ts'
import { addListed } from '../shared/add-pictures.ts'
import { importZip } from '../shared/import-zip.ts'
import { Listing } from '../shared/zips.ts'

/** Where no folder can be named: of a ZIP. */
export default defineCommand({
  name: 'import',
  summary: 'add a ZIP of pictures in which each folder is a label, or one that was exported',
  access: 'teacher',
  frontEnds: ['discord', 'web'],
  options: { zip: upload('a ZIP file whose folders are labels') },
  examples: ['import pictures.zip'],
  createsDataset: true,
  async *run({ options: { zip }, ...call }) {
    const listing = new Listing(call)
    yield* addListed(call, listing, importZip(call, listing, zip))
  },
})
