import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { number, person } from '../../src/commands/options.ts'
import { readAudit } from '../../src/db/audit.ts'

const PAGE = 15

export default defineCommand({
  name: 'audit',
  summary: 'who changed what, and when: the latest first',
  access: 'manager',
  isPrivate: true,
  options: {
    person: person('only what this person changed', { optional: true, named: true }),
    before: number('only what came before this change', { optional: true, named: true, min: 1 }),
  },
  examples: ['audit', 'audit --before 120'],
  async *run({ app, server, chat, options: { person: by, before } }) {
    const changes = await readAudit(app.db, { server, by, before, limit: PAGE })
    const more: Choice[] =
      changes.length === PAGE
        ? [
            {
              key: 'older',
              command: 'audit',
              options: { before: changes.at(-1)!.id, ...(by !== undefined && { person: by }) },
            },
          ]
        : []
    yield result('audit', { changes }, chat ? { choices: more } : {})
  },
})
