import { countLabels } from '../src/store/examples.ts'
import { answer, type Command } from './command.ts'

export default {
  name: 'labels',
  summary: 'list the labels and how many examples each has',
  arguments: [],
  examples: ['labels'],
  async *run({ app }) {
    yield answer({ labels: await countLabels(app.store, app.dataset) })
  },
} satisfies Command
