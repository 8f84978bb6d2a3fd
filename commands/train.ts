import { trainVersion } from '../src/trainer.ts'
import { answer, type Command } from './command.ts'

export default {
  name: 'train',
  summary: 'learn from everything that is filed, measure it, and put it in use',
  arguments: [],
  examples: ['train'],
  async *run({ app }) {
    yield answer(await trainVersion(app.store, app.dataset))
  },
} satisfies Command
