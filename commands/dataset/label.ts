import { defineCommand } from '../../src/commands/define.ts'
import { pictures, text } from '../../src/commands/options.ts'
import { parseLabel } from '../../src/label.ts'
import { addAndReport } from '../shared/add-pictures.ts'

export default defineCommand({
  name: 'label',
  summary: 'add pictures to a label',
  access: 'teacher',
  options: {
    label: text('what the pictures show', { suggest: 'labels', max: 100 }),
    pictures: pictures('pictures, or folders of pictures'),
  },
  examples: ['label character-a one.png two.jpg', 'label "character b" ./folder'],
  createsDataset: true,
  ifInterrupted: 'Pictures added so far are kept; run the same command again to add the rest.',
  async *run({ options: { label, pictures }, ...call }) {
    const parsed = parseLabel(label)
    const sources = (await Array.fromAsync(pictures)).map((source) => ({ source, label: parsed }))
    yield* addAndReport(call, sources, { label: parsed, skipped: pictures.skipped })
  },
})
