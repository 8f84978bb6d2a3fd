import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, text } from '../../src/commands/options.ts'
import { countLabels, deleteLabel, mergeLabels, renameLabel } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'

const ACTIONS = ['list', 'rename', 'merge', 'delete'] as const

export default defineCommand({
  name: 'labels',
  summary: 'list the labels with their counts; rename, merge or delete one',
  access: 'member',
  options: {
    action: choice('what to do', ACTIONS, { fallback: 'list' }),
    label: text('the label to change', { optional: true, suggest: 'labels' }),
    to: text('rename: its new name; merge: the label that takes its pictures', { optional: true, suggest: 'labels' }),
  },
  examples: [
    'labels',
    'labels rename charcter-a character-a',
    'labels merge "character a" character-a',
    'labels delete test',
  ],
  async *run({ app: { db }, dataset, by, requireAccess, options: { action, label, to } }) {
    if (action === 'list') {
      yield result('labels', { labels: await countLabels(db, dataset) })
      return
    }
    requireAccess('teacher')
    const from = parseLabel(required(label, `labels ${action} LABEL`))
    if (action === 'delete') {
      yield result('labelDeleted', { deleted: from.name, examples: await deleteLabel(db, dataset, from, by) })
      return
    }
    const into = parseLabel(required(to, `labels ${action} LABEL TO`))
    if (action === 'rename') yield result('labelRenamed', await renameLabel(db, dataset, from, into, by))
    else yield result('labelsMerged', await mergeLabels(db, dataset, from, into, by))
  },
})

function required(given: string | undefined, usage: string): string {
  if (given === undefined) throw new UserError('labels.argument-missing', `Expected \`${usage}\`, received too little`)
  return given
}
