import { DEFAULT_HEADS, HEAD_NAMES, type HeadName } from '../../models/heads/names.ts'
import { efforts } from '../../models/views.ts'
import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { choice, number } from '../../src/commands/options.ts'
import { trainVersion } from '../../src/services/training.ts'

const AUTO = 'auto'

export default defineCommand({
  name: 'train',
  summary: 'learn from everything that is filed, measure it, and put it in use',
  access: 'trainer',
  options: {
    head: choice('what learns; auto: what cross-validation finds best', [AUTO, ...HEAD_NAMES] as const, {
      fallback: AUTO,
      named: true,
    }),
    budget: number(
      'seconds that `auto` may spend on comparing one kind of head, roughly (10); slower ones are left out',
      {
        optional: true,
        min: 0,
        max: 3600,
        named: true,
      },
    ),
    robust: choice(
      'on: learns without what clearly contradicts its label; off: from everything',
      ['on', 'off'] as const,
      {
        fallback: 'on',
        named: true,
      },
    ),
    effort: choice(
      'how closely pictures will be looked at: 1, 2 or 7 views of each; left out: as the version in use',
      efforts,
      { optional: true, named: true },
    ),
  },
  examples: ['train', 'train --head svm', 'train --effort careful', 'train --robust off'],
  async *run({ app, dataset, by, chat, options: { head, budget, effort, robust } }) {
    const heads: HeadName[] = head === AUTO ? DEFAULT_HEADS : [head as HeadName]
    const wish = { heads, budget, effort, robust: robust === 'on', by }
    const trained = yield* trainVersion(app, dataset, wish)
    const { version, turned, flagged } = trained
    const choices: Choice[] = [
      ...(flagged > 0 ? [{ key: 'review' as const, command: 'review', options: {} }] : []),
      ...(turned.length > 0
        ? [{ key: 'activate' as const, command: 'rollback', options: { version: String(version) } }]
        : []),
    ]
    yield result('trained', trained, chat && choices.length > 0 ? { choices } : {})
  },
})
