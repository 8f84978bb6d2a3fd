import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { activateVersion, listVersions } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'

export default defineCommand({
  name: 'rollback',
  summary: 'activate another version at once: the previous one, or the one you name',
  access: 'manager',
  isPrivate: true,
  options: {
    version: text('its number; by default the one before the active version', {
      optional: true,
      suggest: 'versions',
    }),
  },
  examples: ['rollback', 'rollback 3'],
  async *run({ app, dataset, by, options: { version: wanted } }) {
    const versions = await listVersions(app.db, dataset)
    const active = versions.find((v) => v.current)?.number
    const previous = versions.findLast((v) => v.number < (active ?? 0))
    const target = wanted === undefined ? previous : versions.find((v) => v.number === Number(wanted))
    if (!target)
      throw new UserError(
        'version.not-found',
        `Expected one of the versions ${versions.map((v) => v.number).join(', ') || '(none)'}, received ${wanted ?? 'none'}`,
        wanted === undefined
          ? { kept: versions.length }
          : { version: Number.isSafeInteger(Number(wanted)) ? Number(wanted) : 0 },
      )
    await activateVersion(app.db, dataset, { number: target.number, by })
    yield result('rolledBack', { version: target.number, from: active ?? null })
  },
})
