import { defineCommand } from '../../src/commands/define.ts'
import { choice, number, text } from '../../src/commands/options.ts'
import { parseLabel } from '../../src/label.ts'
import { decideOnExamples, skipSuspect, undoDecision } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'
import { showNextSuspect } from '../shared/next-suspect.ts'

export default defineCommand({
  name: 'decide',
  summary: 'decide about the picture under review, and show the next one',
  access: 'reviewer',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: {
    example: number('its number'),
    decision: choice('the decision', ['keep', 'move', 'exclude', 'skip', 'undo'] as const),
    label: text('the label to move it to', { optional: true }),
  },
  examples: [],
  async *run({ app, server, dataset, by, requireAccess, options: { example, decision, label } }) {
    let waits = false
    if (decision === 'skip') await skipSuspect(app, example, by)
    else if (decision === 'undo') await undoDecision(app, dataset, by)
    else {
      const { agreement } = await readSettings(app.db, server)
      const target = label === undefined ? undefined : parseLabel(label)
      const { waiting } = await decideOnExamples(app, dataset, {
        examples: [example],
        decision,
        label: target,
        by,
        as: actorOf(requireAccess),
        agreement,
      })
      waits = waiting > 0
    }
    yield* showNextSuspect({ app, dataset, by }, { decision, waits })
  },
})
