import { defineCommand } from '../../src/commands/define.ts'
import { choice, number, text } from '../../src/commands/options.ts'
import { parseLabel } from '../../src/label.ts'
import { review, skip, undo } from '../../src/services/review.ts'
import { agreementOf, showNext } from './_reviewing.ts'

export default defineCommand({
  name: 'decide',
  summary: 'decide about a picture that is reviewed, and show the next one',
  access: 'reviewer',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: {
    example: number('its number'),
    decision: choice('what is decided', ['keep', 'move', 'exclude', 'skip', 'undo'] as const),
    label: text('where it is moved to', { optional: true }),
  },
  examples: [],
  async *run({ options: { example, decision, label }, ...where }) {
    const { app, dataset, by } = where
    let waits = false
    if (decision === 'skip') await skip(app, example, by)
    else if (decision === 'undo') await undo(app, dataset, by)
    else {
      const judged = { decision, label: label === undefined ? undefined : parseLabel(label) }
      waits = (await review(app, dataset, [example], judged, by, await agreementOf(where))).waiting > 0
    }
    yield* showNext(where, { decision, waits })
  },
})
