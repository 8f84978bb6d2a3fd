import { answer, choice, command, text } from '../../src/commands/define.ts'
import { countLabels, deleteLabel, mergeLabels, renameLabel } from '../../src/db/labels.ts'
import { UserError } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'

const ACTIONS = ['list', 'rename', 'merge', 'delete'] as const

export default command({
  name: 'labels',
  summary: 'list the labels with their counts; rename, merge or delete one',
  access: 'anyone',
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
  async *run({ app: { store }, dataset, by, demand, options: { action, label, to } }) {
    if (action === 'list') {
      yield answer('labels', { labels: await countLabels(store, dataset) })
      return
    }
    demand('teacher')
    const from = parseLabel(required(label, `labels ${action} LABEL`))
    if (action === 'delete') {
      yield answer('labelDeleted', { deleted: from.name, examples: await deleteLabel(store, dataset, from, by) })
      return
    }
    const into = parseLabel(required(to, `labels ${action} LABEL TO`))
    if (action === 'rename') yield answer('labelRenamed', await renameLabel(store, dataset, from, into, by))
    else yield answer('labelsMerged', await mergeLabels(store, dataset, from, into, by))
  },
})

function required(given: string | undefined, usage: string): string {
  if (given === undefined) throw new UserError('labels.argument-missing', `Expected \`${usage}\`, received too little`)
  return given
}
