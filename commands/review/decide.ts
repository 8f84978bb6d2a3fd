import { type Choice, type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, number, text } from '../../src/commands/options.ts'
import { hasLabel } from '../../src/db/labels.ts'
import { parseLabel } from '../../src/label.ts'
import { decideOnExamples, skipSuspect, undoDecision } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from '../shared/actor.ts'
import { showNextSuspect } from '../shared/next-suspect.ts'

export default defineCommand({
  name: 'decide',
  summary: 'decide about the picture under review, and show the next one',
  access: 'reviewer',
  frontEnds: ['cli', 'discord'],
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: {
    example: number('its number'),
    decision: choice('the decision', ['keep', 'move', 'exclude', 'skip', 'undo', 'show'] as const),
    label: text('the label to move it to', { optional: true }),
    among: text('one by one those that this label fits better; empty: that none does', { optional: true }),
    create: flag('whether the label may be a new one', { optional: true }),
  },
  examples: [],
  async *run({ app, screen, server, dataset, by, requireAccess, options }) {
    const { example, decision, label, among, create } = options
    const call = { app, screen, dataset, by, among }
    if (decision === 'show') {
      yield* showNextSuspect(call)
      return
    }
    if (decision === 'skip') {
      await skipSuspect(app, example, by)
      yield* showNextSuspect(call, { decision, waits: false })
      return
    }
    if (decision === 'undo') {
      const pictures = (await undoDecision(app, dataset, by)).length
      yield* showNextSuspect(call, { decision, waits: false, ...(pictures > 1 && { pictures }) })
      return
    }
    const { agreement } = await readSettings(app.db, server)
    const target = label === undefined ? undefined : parseLabel(label)
    if (decision === 'move' && target && !create && !(await hasLabel(app.db, dataset, target))) {
      yield askToCreate(target.name, { example, among })
      return
    }
    const { waiting } = await decideOnExamples(app, dataset, {
      examples: [example],
      decision,
      label: target,
      by,
      as: actorOf(requireAccess),
      agreement,
    })
    yield* showNextSuspect(call, { decision, waits: waiting > 0 })
  },
})

/** A slip of the pen makes no label; nor does a button that names one which is gone. */
function askToCreate(label: string, of: { example: number; among: string | undefined }): CommandEvent {
  const { example, among } = of
  const options = among === undefined ? { example } : { example, among }
  const choices: Choice[] = [
    {
      key: 'createLabel',
      about: label,
      command: 'decide',
      options: { ...options, decision: 'move', label, create: true },
    },
    { key: 'back', command: 'decide', options: { ...options, decision: 'show' } },
  ]
  return result('newLabelAsk', { label, example }, { choices })
}
