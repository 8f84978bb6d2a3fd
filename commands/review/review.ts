import { defineCommand, result } from '../../src/commands/define.ts'
import { flag } from '../../src/commands/options.ts'
import { undoDecision } from '../../src/services/review.ts'
import { showNextSuspect } from '../shared/next-suspect.ts'

export default defineCommand({
  name: 'review',
  summary: 'go through the pictures that look mislabelled, and keep, move or exclude each',
  access: 'reviewer',
  frontEnds: ['cli', 'discord'],
  isPrivate: true,
  options: { undo: flag('take back your last decision instead', { optional: true, named: true }) },
  examples: ['review', 'review --undo'],
  ifInterrupted: 'Your decisions are kept; run the same command again to go on.',
  async *run({ app, screen, dataset, by, options }) {
    if (options.undo) {
      const [example = 0, ...others] = await undoDecision(app, dataset, by)
      yield result('reviewUndone', others.length > 0 ? { example, pictures: others.length + 1 } : { example })
    } else yield* showNextSuspect({ app, screen, dataset, by })
  },
})
