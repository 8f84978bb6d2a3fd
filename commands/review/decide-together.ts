import { defineCommand } from '../../src/commands/define.ts'
import { choice, text } from '../../src/commands/options.ts'
import { hasLabel } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'
import { decideOnExamples, skipSuspect } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'
import { showNextSuspect } from '../shared/next-suspect.ts'
import { parseShown } from '../shared/parse-shown.ts'

export default defineCommand({
  name: 'decide-together',
  summary: 'decide about the pictures under review, and show the next ones',
  access: 'reviewer',
  frontEnds: ['cli', 'discord'],
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: {
    shown: text('their numbers, each with the id of the label that it had, as in 12:3,13:3'),
    decision: choice('the decision', ['keep', 'move', 'exclude', 'skip'] as const),
    label: text('the label to move them to', { optional: true }),
  },
  examples: [],
  async *run({ app, screen, server, dataset, by, requireAccess, options: { shown: text, decision, label } }) {
    const shown = parseShown(text)
    const examples = [...shown.keys()]
    if (decision === 'skip') {
      for (const example of examples) await skipSuspect(app, example, by)
      yield* showNextSuspect({ app, screen, dataset, by }, { decision, waits: false, pictures: examples.length })
      return
    }
    const target = label === undefined ? undefined : parseLabel(label)
    // It was renamed, merged or deleted since: nobody decided about what it is now.
    if (target && !(await hasLabel(app.db, dataset, target)))
      throw new UserError('label.not-found', `Expected a label that has pictures, received ${target.name}`)
    const { agreement } = await readSettings(app.db, server)
    const as = actorOf(requireAccess)
    const verdict = { examples, decision, label: target, by, as, agreement, shown }
    const { done, waiting, refused, changed = [] } = await decideOnExamples(app, dataset, verdict)
    const after = { decision, waits: waiting > 0, pictures: done + waiting }
    yield* showNextSuspect(
      { app, screen, dataset, by },
      { ...after, ...(refused > 0 && { refused }), ...(changed.length > 0 && { changed }) },
    )
  },
})
