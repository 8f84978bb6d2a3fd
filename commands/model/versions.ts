import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { listVersions, measuresOf, type VersionSummary } from '../../src/db/versions.ts'

export default defineCommand({
  name: 'versions',
  summary: 'list the trained versions with their accuracy and what changed from one to the next',
  access: 'trainer',
  onlyReads: true,
  isPrivate: true,
  options: {},
  examples: ['versions'],
  async *run({ app, screen, dataset }) {
    const versions = await listVersions(app.db, dataset)
    const rows = versions.map(({ number, madeAt, backbone, current, summary }, i) => ({
      version: number,
      current,
      madeAt,
      backbone,
      ...measuresOf(summary),
      ...compare(summary, versions[i - 1]?.summary),
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
