import { listVersions } from '../src/store/versions.ts'
import { answer, type Command } from './command.ts'

export default {
  name: 'versions',
  summary: 'list what was trained, with its measurements',
  arguments: [],
  examples: ['versions'],
  async *run({ app }) {
    yield answer({ versions: await listVersions(app.store, app.dataset) })
  },
} satisfies Command
