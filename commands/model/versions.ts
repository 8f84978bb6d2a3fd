import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { number } from '../../src/commands/options.ts'
import { readVersionOrigins } from '../../src/db/version-origins.ts'
import { listVersions, measuresOf, type VersionSummary } from '../../src/db/versions.ts'
import { compareVersions } from '../../src/services/version-comparison.ts'

export default defineCommand({
  name: 'versions',
  summary: 'list the trained versions with their accuracy and what changed from one to the next',
  access: 'trainer',
  onlyReads: true,
  isPrivate: true,
  options: {
    from: number('a version to compare the active one with, by label', {
      optional: true,
      named: true,
      min: 1,
      frontEnds: ['cli', 'web'],
    }),
    to: number('compare with this version instead', { optional: true, named: true, min: 1, frontEnds: ['cli', 'web'] }),
  },
  examples: ['versions', 'versions --from 3 --to 5'],
  async *run({ app, screen, dataset, options: { from, to } }) {
    const versions = await listVersions(app.db, dataset)
    if (from !== undefined) {
      yield result('versionsCompared', compareVersions(versions, { from, to }))
      return
    }
    const numbers = versions.map(({ number }) => number)
    const origins = await readVersionOrigins(app.db, dataset, numbers)
    const rows = versions.map(({ number, madeAt, backbone, current, summary }, i) => ({
      version: number,
      current,
      madeAt,
      backbone,
      ...measuresOf(summary),
      ...compare(summary, versions[i - 1]?.summary),
      ...origins.get(number),
    }))
    const others = rows.filter((r) => !r.current).map((r) => String(r.version))
    // A terminal has `rollback VERSION`.
    const choices = screen && others.length > 0 ? [rollBackTo(others)] : []
    yield result('versions', { versions: rows }, { choices, again: { command: 'versions', options: {} } })
  },
})

function compare({ labels, accuracy }: VersionSummary, before: VersionSummary | undefined) {
  if (!before) return { accuracyGained: null, labelsAdded: labels, labelsRemoved: [] }
  return {
    accuracyGained: accuracy !== null && before.accuracy !== null ? accuracy - before.accuracy : null,
    labelsAdded: labels.filter((l) => !before.labels.includes(l)),
    labelsRemoved: before.labels.filter((l) => !labels.includes(l)),
  }
}

/** @param versions oldest first; the latest are offered first */
function rollBackTo(versions: string[]): Choice {
  const from = versions.toReversed()
  return { key: 'rollBack', command: 'rollback', options: {}, fill: { option: 'version', from } }
}
