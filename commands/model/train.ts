import { DEFAULT_HEADS, HEAD_NAMES, type HeadName } from '../../models/heads/names.ts'
import { EFFORT_NAMES } from '../../models/views.ts'
import { type Chat, type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { choice, number } from '../../src/commands/options.ts'
import type { TrainingOutcome } from '../../src/context.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { hasAccess } from '../shared/has-access.ts'
import { kindsOffered } from '../shared/kinds-offered.ts'

export default defineCommand({
  name: 'train',
  summary: 'train on every labelled picture except likely mislabels, measure the result, and activate it',
  access: 'trainer',
  options: {
    head: choice<'auto' | HeadName>(
      'the kind of classifier; auto: the best by cross-validation',
      ['auto', ...HEAD_NAMES],
      {
        fallback: 'auto',
        named: true,
      },
    ),
    budget: number('about how many seconds `auto` may take to compare one kind (10); slower kinds are left out', {
      optional: true,
      min: 0,
      max: 3600,
      fractions: true,
      named: true,
    }),
    robust: choice('on: leave out pictures that clearly contradict their label; off: use all', ['on', 'off'] as const, {
      fallback: 'on',
      named: true,
    }),
    effort: choice(
      'views of each picture that predict looks at: 1, 2 or 7; by default as many as before',
      EFFORT_NAMES,
      {
        optional: true,
        named: true,
      },
    ),
  },
  examples: ['train', 'train --head svm', 'train --effort careful', 'train --robust off'],
  ifInterrupted: 'The active version is unchanged, and computed features are kept; run the same command again.',
  async *run({ app, dataset, by, screen, chat, requireAccess, options: { head, budget, effort, robust } }) {
    const heads: HeadName[] = head === 'auto' ? DEFAULT_HEADS : [head]
    const trained = yield* trainVersion(app, dataset, { heads, budget, effort, robust: robust === 'on', by })
    const choices = choicesAfter(trained)
    const isOffered = screen !== undefined && kindsOffered().includes('both')
    if (trained.suggestedBackbone && isOffered && hasAccess(requireAccess, 'manager')) choices.push(useBoth(chat))
    yield result('trained', trained, screen && choices.length > 0 ? { choices } : {})
  },
})

/** Pictures that look like photographs get the network for them, too. On the page `backbone` is the operator's. */
const useBoth = (chat: Chat | undefined): Choice => ({
  key: 'useBoth',
  command: chat ? 'backbone' : 'choose-backbone',
  options: { pictures: 'both' },
})

function choicesAfter({ version, turned, flagged }: TrainingOutcome): Choice[] {
  const choices: Choice[] = []
  if (flagged > 0) choices.push({ key: turned.length > 0 ? 'checkPictures' : 'review', command: 'review', options: {} })
  // A version with labels that changed their meaning waits for a manager.
  if (turned.length > 0) choices.push({ key: 'activate', command: 'rollback', options: { version: String(version) } })
  return choices
}
