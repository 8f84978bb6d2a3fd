import { defineCommand } from '../../src/commands/define.ts'
import { showStep } from '../shared/setup-steps.ts'

export default defineCommand({
  name: 'setup',
  summary: 'set me up in three steps: language, who may teach me, which channel I watch',
  access: 'manager',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {},
  examples: [],
  async *run({ app, server, chat }) {
    yield await showStep({ app, server, chat }, 'language')
  },
})
