import { review } from '../src/reviewer.ts'
import { answer, command, examples } from './command.ts'
import { agreementOf, findAll } from './reviewing.ts'

export default command({
  name: 'exclude',
  summary: 'take pictures out of the learning; nothing is deleted',
  access: 'reviewer',
  quiet: true,
  options: { examples: examples('their numbers (12), ranges (12-20), or file names as they were given') },
  examples: ['exclude 12 15-20', 'exclude ./pictures/character-a/one.png'],
  async *run({ options: { examples }, ...where }) {
    const found = await findAll(where, examples)
    const judged = { decision: 'exclude' as const }
    const outcome = await review(where.app, where.dataset, found, judged, where.by, await agreementOf(where))
    yield answer('reviewed', { decision: 'exclude', label: null, ...outcome })
  },
})
