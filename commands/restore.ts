import { review } from '../src/reviewer.ts'
import { answer, command, examples } from './command.ts'
import { agreementOf, findAll } from './reviewing.ts'

export default command({
  name: 'restore',
  summary: 'put excluded pictures back into the learning',
  access: 'reviewer',
  quiet: true,
  options: { examples: examples('their numbers (12), ranges (12-20), or file names as they were given') },
  examples: ['restore 12 15-20', 'restore ./pictures/character-a/one.png'],
  async *run({ options: { examples }, ...where }) {
    const found = await findAll(where, examples)
    const judged = { decision: 'restore' as const }
    const outcome = await review(where.app, where.dataset, found, judged, where.by, await agreementOf(where))
    yield answer('reviewed', { decision: 'restore', label: null, ...outcome })
  },
})
