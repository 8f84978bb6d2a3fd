import { type Choice, type Command, defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, text } from '../../src/commands/options.ts'
import { hasLabel } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'
import { decideOnExamples, skipSuspect, undoDecision, unskip } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'
import { parseShown } from '../shared/parse-shown.ts'
import { showReviewQueue } from '../shared/review-queue.ts'

/** On the page: about one or about several, and what comes next. */
const decideOnPage: Command = defineCommand({
  name: 'decide',
  summary: 'decide about pictures under review, and show the next ones',
  access: 'reviewer',
  frontEnds: ['web'],
  hidden: true,
  isPrivate: true,
  options: {
    decision: choice('the decision', ['keep', 'move', 'exclude', 'skip', 'unskip', 'undo'] as const),
    shown: text('their numbers, each with the id of the label that it had, as in 12:3,13:3', { optional: true }),
    label: text('the label to move them to', { optional: true }),
    create: flag('whether the label may be a new one', { optional: true }),
    grouped: flag('show with each next one those that the same label fits better', { optional: true }),
  },
  examples: [],
  async *run({ options, ...call }) {
    const { app, server, dataset, by, requireAccess } = call
    const { decision, grouped = false, label, create } = options
    if (decision === 'undo') {
      const first = await undoDecision(app, dataset, by)
      const after = { decision, waits: false, ...(first.length > 1 && { pictures: first.length }) }
      yield* showReviewQueue(call, { grouped, after, first })
      return
    }
    const shown = parseShown(options.shown ?? '')
    const examples = [...shown.keys()]
    const several = examples.length > 1 && { pictures: examples.length }
    if (decision === 'skip' || decision === 'unskip') {
      if (decision === 'unskip') await unskip(app, examples, by)
      else for (const example of examples) await skipSuspect(app, example, by)
      const first = decision === 'unskip' ? examples : []
      yield* showReviewQueue(call, { grouped, first, after: { decision, waits: false, ...several } })
      return
    }
    const target = label === undefined ? undefined : parseLabel(label)
    if (decision === 'move' && target && !create && !(await hasLabel(app.db, dataset, target))) {
      yield result('newLabelAsk', { label: target.name, example: examples[0] ?? 0 }, { choices: [createIt(options)] })
      return
    }
    const verdict = { examples, decision, label: target, by, as: actorOf(requireAccess), shown }
    const { agreement } = await readSettings(app.db, server)
    const decided = await decideOnExamples(app, dataset, { ...verdict, agreement })
    const { done, waiting, refused, changed = [] } = decided
    const about = done + waiting === 1 && changed.length + refused === 0 ? {} : { pictures: done + waiting }
    yield* showReviewQueue(call, {
      grouped,
      after: {
        ...{ decision, waits: waiting > 0, ...about },
        ...(refused > 0 && { refused }),
        ...(changed.length > 0 && { changed }),
      },
    })
  },
})
export default decideOnPage

type Asked = { shown: string | undefined; label: string | undefined; grouped: boolean | undefined }

/** A slip of the pen makes no label; nor does a button that names one which is gone. Throws UserError label.empty */
function createIt({ shown, label, grouped }: Asked): Choice {
  if (shown === undefined || label === undefined)
    throw new UserError('label.empty', 'Expected a label to move the pictures to, received none')
  const options = { decision: 'move', shown, label, create: true, ...(grouped && { grouped }) }
  return { key: 'createLabel', about: label, command: 'decide', options }
}
