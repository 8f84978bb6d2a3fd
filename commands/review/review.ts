import { answer, command, flag } from '../../src/commands/define.ts'
import { undo } from '../../src/services/review.ts'
import { showNext } from './_reviewing.ts'

export default command({
  name: 'review',
  summary: 'look at the pictures that look wrongly filed, one after the other, and keep, move or exclude each',
  access: 'reviewer',
  quiet: true,
  options: { undo: flag('take your last decision back instead', { optional: true, named: true }) },
  examples: ['review', 'review --undo'],
  async *run({ options, ...where }) {
    if (options.undo) yield answer('reviewUndone', { example: await undo(where.app, where.dataset, where.by) })
    else yield* showNext(where)
  },
})
