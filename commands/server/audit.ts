import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { number, person } from '../../src/commands/options.ts'
import { readAudit } from '../../src/db/audit.ts'

/** Changes on one page. */
const PAGE_SIZE = 15

export default defineCommand({
  name: 'audit',
  summary: 'show who changed what and when, latest first',
  access: 'manager',
  isPrivate: true,
  options: {
    person: person('only changes by this person', { optional: true, named: true }),
    before: number('only changes before the one with this number', { optional: true, named: true, min: 1 }),
  },
  examples: ['audit', 'audit --before 120'],
  async *run({ app, server, chat, options: { person: by, before } }) {
    const changes = await readAudit(app.db, { server, by, before, limit: PAGE_SIZE })
    const oldest = changes.at(-1)
    const isFull = changes.length === PAGE_SIZE && oldest !== undefined
    yield result('audit', { changes }, chat ? { choices: isFull ? [olderThan(oldest.id, by)] : [] } : {})
  },
})

const olderThan = (change: number, person: string | undefined): Choice => ({
  key: 'older',
  command: 'audit',
  options: person === undefined ? { before: change } : { before: change, person },
})
