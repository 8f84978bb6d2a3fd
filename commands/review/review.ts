import { defineCommand, result } from '../../src/commands/define.ts'
import { flag } from '../../src/commands/options.ts'
import { undo } from '../../src/services/review.ts'
import { showNext } from './_reviewing.ts'

export default defineCommand({
  name: 'review',
  summary: 'look at the pictures that look wrongly filed, one after the other, and keep, move or exclude each',
  access: 'reviewer',
  isPrivate: true,
  options: { undo: flag('take your last decision back instead', { optional: true, named: true }) },
  examples: ['review', 'review --undo'],
  async *run({ options, ...where }) {
    if (options.undo) yield result('reviewUndone', { example: await undo(where.app, where.dataset, where.by) })
    else yield* showNext(where)
  },
})
