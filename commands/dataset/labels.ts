import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, text } from '../../src/commands/options.ts'
import { countLabels } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import { giveLabelName, joinLabels, removeLabel } from '../../src/services/label-changes.ts'
import { actorAlone } from '../shared/actor.ts'

export default defineCommand({
  name: 'labels',
  summary: 'list the labels with their counts; rename, merge or delete one',
  access: 'member',
  options: {
    action: choice('what to do', ['list', 'rename', 'merge', 'delete'] as const, { fallback: 'list' }),
    label: text('the label to change', { optional: true, suggest: 'labels' }),
    to: text('rename: the new name; merge: the label that gets the pictures', { optional: true, suggest: 'labels' }),
  },
  examples: [
    'labels',
    'labels rename charcter-a character-a',
    'labels merge "character a" character-a',
    'labels delete test',
  ],
  async *run({ app, server, dataset, by, requireAccess, options: { action, label, to } }) {
    if (action === 'list') {
      yield result('labels', { labels: await countLabels(app.db, dataset) })
      return
    }
    requireAccess('teacher')
    const as = await actorAlone({ app, server }, requireAccess)
    if (action === 'delete') {
      const from = parseRequired(label, 'labels delete LABEL')
      yield result('labelDeleted', {
        deleted: from.name,
        examples: await removeLabel(app, dataset, { label: from, by, as }),
      })
      return
    }
    const usage = `labels ${action} LABEL TO`
    const from = parseRequired(label, usage)
    const target = parseRequired(to, usage)
    if (action === 'rename') yield result('labelRenamed', await giveLabelName(app, dataset, { from, to: target, by }))
    else yield result('labelsMerged', await joinLabels(app, dataset, { from, into: target, by, as }))
  },
})

/** Throws UserError labels.argument-missing, label.*. */
function parseRequired(text: string | undefined, usage: string): Label {
  if (text === undefined)
    throw new UserError('labels.argument-missing', `Expected \`${usage}\`, received fewer arguments`)
  return parseLabel(text)
}
