import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { pictures, text } from '../../src/commands/options.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { parseLabel } from '../../src/label.ts'
import { addAndReport } from '../shared/add-pictures.ts'

export default defineCommand({
  name: 'teach',
  summary: 'add the picture that an answer was about to its right label',
  access: 'teacher',
  frontEnds: ['discord'],
  hidden: true,
  isPrivate: true,
  options: {
    prediction: text('the answer in question', { optional: true }),
    label: text('the right label', { max: 100 }),
    pictures: pictures('the picture that the answer was about', { optional: true }),
  },
  examples: [],
  createsDataset: true,
  async *run({ options, ...call }) {
    const label = parseLabel(options.label)
    const given = options.pictures ? await Array.fromAsync(options.pictures) : []
    const sources = given.map((source) => ({ source, label }))
    for await (const event of addAndReport(call, sources, { label })) {
      if ('result' in event && event.result.key === 'added' && !hasAny(event.result.values))
        yield result('pictureGone', { label: label.name }, { choices: [showItAgain(label.name)] })
      else yield event
    }
  },
})

type Added = { added: number; duplicates: number; rejected: Rejected[] }

/** Whether there was a picture: what is wrong with it is said as with every other one. */
const hasAny = ({ added, duplicates, rejected }: Added): boolean =>
  added + duplicates > 0 || rejected.some(({ code }) => !code.startsWith('download.'))

const showItAgain = (label: string): Choice => ({ key: 'upload', command: 'label', options: { label } })
