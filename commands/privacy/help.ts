import { defineCommand, result } from '../../src/commands/define.ts'
import { readActiveNumber } from '../../src/db/versions.ts'

export default defineCommand({
  name: 'help',
  summary: 'show the first steps and the commands',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  directMessages: 'every-server',
  options: {},
  examples: [],
  async *run({ app, dataset, commands }) {
    yield result('help', {
      trained: (await readActiveNumber(app.db, dataset)) !== undefined,
      commands: (await commands.listFor('discord')).map(({ name, summary }) => ({ name, summary })),
    })
  },
})
