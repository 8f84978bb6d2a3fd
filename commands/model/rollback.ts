import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { activateVersion, listVersions } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'

export default defineCommand({
  name: 'rollback',
  summary: 'put another version in use, at once: the one before, or the one named',
  access: 'manager',
  options: {
    version: text('its number; left out: the one before the current', { optional: true, suggest: 'versions' }),
  },
  examples: ['rollback', 'rollback 3'],
  async *run({ app, dataset, by, options: { version: wanted } }) {
    const versions = await listVersions(app.db, dataset)
    const current = versions.find((v) => v.current)?.number
    const number = wanted === undefined ? versions.findLast((v) => v.number < (current ?? 0))?.number : Number(wanted)
    if (!versions.some((v) => v.number === number))
      throw new UserError(
        'version.not-found',
        `Expected one of the versions ${versions.map((v) => v.number).join(', ') || '(none)'}, received ${wanted ?? 'none'}`,
      )
    await activateVersion(app.db, dataset, number!, by)
    yield result('rolledBack', { version: number!, from: current ?? null })
  },
})
