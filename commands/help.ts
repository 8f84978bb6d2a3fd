import { currentNumber } from '../src/store/versions.ts'
import { answer, command } from './command.ts'

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
