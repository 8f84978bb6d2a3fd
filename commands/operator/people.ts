import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, person } from '../../src/commands/options.ts'
import { block, listBlocks, unblock } from '../../src/db/blocks.ts'
import { UserError } from '../../src/errors.ts'
import { parsePerson } from '../shared/requested-person.ts'

export default defineCommand({
  name: 'people',
  summary: 'block people, whom the bot then ignores on every server, or list those who are blocked',
  access: 'operator',
  frontEnds: ['cli', 'web'],
  options: {
    action: choice('what to do', ['list', 'block', 'unblock'] as const, { fallback: 'list' }),
    person: person('the Discord id of the person', { optional: true }),
  },
  examples: ['people', 'people block 140000000000000001', 'people unblock 140000000000000001'],
  async *run({ app, by, options: { action, person: given } }) {
    if (action === 'list') {
      yield result('blockedPeople', { people: await listBlocks(app.db, 'person') })
      return
    }
    if (given === undefined)
      throw new UserError('person.not-an-id', `Expected \`people ${action} ID\` with a Discord id, received none`)
    const id = parsePerson(given)
    const change = action === 'block' ? block : unblock
    const changed = await change(app.db, { kind: 'person', id, by })
    yield result('blockChanged', { kind: 'person', id, blocked: action === 'block', changed, left: null })
  },
})
