import { type HeadName, headNames } from '../models/heads/head.ts'
import { trainVersion } from '../src/trainer.ts'
import { answer, choice, command, relay } from './command.ts'

const AUTO = 'auto'

export default command({
  name: 'train',
  summary: 'learn from everything that is filed, measure it, and put it in use',
  access: 'trainer',
  options: {
    head: choice('what learns; auto: what cross-validation finds best', [AUTO, ...headNames] as const, {
      fallback: AUTO,
      named: true,
    }),
  },
  examples: ['train', 'train --head svm'],
  async *run({ app, dataset, by, options: { head } }) {
    const heads: HeadName[] = head === AUTO ? headNames : [head as HeadName]
    yield answer('trained', yield* relay(trainVersion(app, dataset, { heads, by })))
  },
})
