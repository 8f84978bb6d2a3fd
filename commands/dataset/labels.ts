import { type Choice, type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, text } from '../../src/commands/options.ts'
import { listDeletedLabels } from '../../src/db/deleted-labels.ts'
import { countLabels, describeLabel, listAlike } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import { bringLabelBack, giveLabelName, joinLabels, removeLabel } from '../../src/services/label-changes.ts'
import { actorAlone } from '../shared/actor.ts'
import { mustAsk } from '../shared/confirm.ts'
import { askToDelete, deleted, restored } from '../shared/label-results.ts'

const ACTIONS = ['list', 'rename', 'merge', 'delete', 'restore', 'deleted'] as const

export default defineCommand({
  name: 'labels',
  summary: 'list the labels with their counts; rename, merge, delete or restore one',
  access: 'member',
  onlyReads: ['list', 'deleted'],
  isPrivate: true,
  options: {
    action: choice('what to do; deleted: list those that can be restored', ACTIONS, { fallback: 'list' }),
    label: text('the label to change', { optional: true, suggest: 'labels' }),
    to: text('rename: the new name; merge: the label that gets the pictures', { optional: true, suggest: 'labels' }),
    restore: text('a label that was deleted or merged in the last seven days', {
      optional: true,
      frontEnds: ['discord'],
      suggest: 'deletedLabels',
    }),
    yes: flag('delete without asking', { optional: true, named: true, frontEnds: ['cli'] }),
  },
  examples: [
    'labels',
    'labels rename charcter-a character-a',
    'labels merge "character a" character-a',
    'labels delete test',
    'labels restore test',
    'labels deleted',
  ],
  async *run({ app, server, dataset, by, requireAccess, screen, canChoose, options }) {
    const { label, to, restore, yes } = options
    const action = restore === undefined ? options.action : 'restore'
    if (action === 'list') {
      const again = { command: 'labels', options: {} }
      const alike = (await listAlike(app.db, dataset)).map((same) => same.labels)
      const labels = await countLabels(app.db, dataset)
      yield result('labels', { labels, ...(alike.length > 0 && { alike }) }, { again })
      return
    }
    requireAccess('teacher')
    if (action === 'deleted') {
      const labels = await listDeletedLabels(app.db, dataset)
      const again = { command: 'labels', options: { action } }
      yield result('deletedLabels', { labels: labels.map(({ id: _, ...about }) => about) }, { again })
      return
    }
    const as = await actorAlone({ app, server }, requireAccess)
    if (action === 'restore') {
      const name = parseRequired(restore ?? label, 'labels restore LABEL')
      yield restored(await bringLabelBack(app, dataset, { label: name, by, as }))
      return
    }
    if (action === 'delete') {
      const from = parseRequired(label, 'labels delete LABEL')
      const found = await describeLabel(app.db, dataset, from)
      if (mustAsk({ screen, canChoose }, yes)) yield askToDelete(found)
      else yield deleted(from.name, await removeLabel(app, dataset, { label: from, by, as }))
      return
    }
    const usage = `labels ${action} LABEL TO`
    const from = parseRequired(label, usage)
    const target = parseRequired(to, usage)
    if (action === 'rename') yield result('labelRenamed', await giveLabelName(app, dataset, { from, to: target, by }))
    else yield merged(await joinLabels(app, dataset, { from, into: target, by, as }), screen !== undefined)
  },
})

type Merged = { id: number; merged: string; into: string; moved: number; inBoth: number }

/** A terminal has `labels restore`. */
function merged({ id, ...values }: Merged, hasButtons: boolean): CommandEvent {
  const choices: Choice[] = [{ key: 'undo', command: 'restore-label', options: { label: id } }]
  return result('labelsMerged', values, hasButtons ? { choices } : {})
}

/** Throws UserError labels.argument-missing, label.*. */
function parseRequired(text: string | undefined, usage: string): Label {
  if (text === undefined)
    throw new UserError('labels.argument-missing', `Expected \`${usage}\`, received fewer arguments`)
  return parseLabel(text)
}
