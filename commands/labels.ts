import { UserError } from '../src/errors.ts'
import { parseLabel } from '../src/label.ts'
import { countLabels, deleteLabel, mergeLabels, renameLabel } from '../src/store/labels.ts'
import { answer, choice, command, text } from './command.ts'

const ACTIONS = ['list', 'rename', 'merge', 'delete'] as const

export default command({
  name: 'labels',
  summary: 'list the labels with their counts; rename, merge or delete one',
  options: {
    action: choice('what to do', ACTIONS, { fallback: 'list' }),
    label: text('the label to change', { optional: true }),
    to: text('rename: its new name; merge: the label that takes its pictures', { optional: true }),
  },
  examples: [
    'labels',
    'labels rename charcter-a character-a',
    'labels merge "character a" character-a',
    'labels delete test',
  ],
  async *run({ app: { store }, dataset, options: { action, label, to } }) {
    if (action === 'list') {
      yield answer({ labels: await countLabels(store, dataset) })
      return
    }
    const from = parseLabel(required(label, `labels ${action} LABEL`))
    if (action === 'delete') {
      yield answer({ deleted: from.name, examples: await deleteLabel(store, dataset, from) })
      return
    }
    const into = parseLabel(required(to, `labels ${action} LABEL TO`))
    if (action === 'rename') yield answer({ ...(await renameLabel(store, dataset, from, into)) })
    else yield answer({ ...(await mergeLabels(store, dataset, from, into)) })
  },
})

function required(given: string | undefined, usage: string): string {
  if (given === undefined) throw new UserError('labels.argument-missing', `Expected \`${usage}\`, received too little`)
  return given
}
