import { defineCommand, MAX_CHOICES, result } from '../../src/commands/define.ts'
import { listVersions } from '../../src/db/versions.ts'

export default defineCommand({
  name: 'versions',
  summary: 'list what was trained, with its measurements and what changed from one to the next',
  access: 'trainer',
  options: {},
  examples: ['versions'],
  async *run({ app, chat, dataset }) {
    const versions = await listVersions(app.db, dataset)
    const rows = versions.map(({ number, madeAt, backbone, current, summary }, i) => {
      const before = versions[i - 1]?.summary
      const { head, labels, examples, accuracy, accuracyInterval, calibrationError } = summary
      const gained = before && accuracy !== null && before.accuracy !== null ? accuracy - before.accuracy : null
      return {
        ...{ version: number, current, madeAt, backbone, head, labels: labels.length, examples },
        ...{ accuracy, accuracyInterval, calibrationError, accuracyGained: gained },
        labelsAdded: before ? labels.filter((l) => !before.labels.includes(l)) : labels,
        labelsRemoved: before ? before.labels.filter((l) => !labels.includes(l)) : [],
      }
    })
    // A terminal has `rollback VERSION`.
    const others = chat ? rows.filter((r) => !r.current).map((r) => String(r.version)) : []
    const from = others.reverse().slice(0, MAX_CHOICES)
    const rollBack = { key: 'rollBack' as const, command: 'rollback', options: {}, fill: { option: 'version', from } }
    yield result('versions', { versions: rows }, from.length > 0 ? { choices: [rollBack] } : {})
  },
})
