import { command, number, text } from '../../src/commands/define.ts'
import type { Decision } from '../../src/db/reviews.ts'
import { parseLabel } from '../../src/label.ts'
import { review, skip, undo } from '../../src/services/review.ts'
import { agreementOf, showNext } from './_reviewing.ts'

export default command({
  name: 'decide',
  summary: 'decide about a picture that is reviewed, and show the next one',
  access: 'reviewer',
  only: 'button',
  quiet: true,
  inPlace: true,
  options: {
    example: number('its number'),
    decision: text('keep, move, exclude, skip or undo'),
    label: text('where it is moved to', { optional: true }),
  },
  examples: [],
  async *run({ options: { example, decision, label }, ...where }) {
    const { app, dataset, by } = where
    let waits = false
    if (decision === 'skip') await skip(app, example, by)
    else if (decision === 'undo') await undo(app, dataset, by)
    else {
      const judged = { decision: decision as Decision, label: label === undefined ? undefined : parseLabel(label) }
      waits = (await review(app, dataset, [example], judged, by, await agreementOf(where))).waiting > 0
    }
    yield* showNext(where, { decision, waits })
  },
})
