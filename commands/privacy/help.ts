import { answer, command } from '../../src/commands/define.ts'
import { currentNumber } from '../../src/db/versions.ts'

export default command({
  name: 'help',
  summary: 'the first steps, and what there is',
  access: 'anyone',
  only: 'chat',
  quiet: true,
  options: {},
  examples: [],
  async *run({ app, dataset }) {
    yield answer('help', { trained: (await currentNumber(app.store, dataset)) !== undefined })
  },
})
