import { defineCommand, pageOf, result } from '../../src/commands/define.ts'
import { number, person } from '../../src/commands/options.ts'
import { countAudit, readAudit } from '../../src/db/audit.ts'

/** Changes on one page. */
const PAGE_SIZE = 15

export default defineCommand({
  name: 'audit',
  summary: 'show who changed what and when, latest first',
  access: 'manager',
  onlyReads: true,
  isPrivate: true,
  options: {
    person: person('only changes by this person', { optional: true, named: true }),
    before: number('only changes before the one with this number', { optional: true, named: true, min: 1 }),
  },
  examples: ['audit', 'audit --before 120'],
  async *run({ app, server, screen, options: { person: by, before } }) {
    const filter = { server, by, before }
    if (!screen) {
      yield result('audit', { changes: await readAudit(app.db, { ...filter, limit: PAGE_SIZE }) })
      return
    }
    const { page, ...rows } = pageOf(screen, await countAudit(app.db, filter), PAGE_SIZE)
    const changes = await readAudit(app.db, { ...filter, ...rows })
    const options = { ...(by !== undefined && { person: by }), ...(before !== undefined && { before }) }
    yield result('audit', { changes }, { page, again: { command: 'audit', options } })
  },
})
