import { defineCommand, result } from '../../src/commands/define.ts'
import { reportProcesses } from '../../src/services/process-problems.ts'

export default defineCommand({
  name: 'processes',
  summary: 'list every process of Mekiki on this database with its role, shards, load and last sign of life',
  access: 'operator',
  frontEnds: ['cli', 'web'],
  options: {},
  examples: ['processes'],
  async *run({ app }) {
    yield result('processes', await reportProcesses(app))
  },
})
