import { countLabels } from '../src/store/labels.ts'
import { measureStorage } from '../src/store/storage.ts'
import { listVersions, type VersionSummary } from '../src/store/versions.ts'
import { answer, command } from './command.ts'

const MOST = 10

export default command({
  name: 'stats',
  summary: 'how well it does: examples a label, accuracy with its interval, confusions, calibration, versions, storage',
  options: {},
  examples: ['stats'],
  async *run({ app, dataset }) {
    const versions = await listVersions(app.store, dataset)
    const current = versions.find((v) => v.current)
    const summary = current?.summary
    yield answer({
      labels: await countLabels(app.store, dataset),
      version: current?.number ?? null,
      head: summary?.head ?? null,
      accuracy: summary?.accuracy ?? null,
      accuracyInterval: summary?.accuracyInterval ?? null,
      recognition: summary?.recognition ?? null,
      calibrationError: summary?.calibrationError ?? null,
      calibration: summary?.calibration ?? [],
      confusions: summary ? confusions(summary) : [],
      versions: versions.map(({ number, madeAt, summary: { accuracy } }) => ({ version: number, madeAt, accuracy })),
      storage: await measureStorage(app.store, dataset),
    })
  },
})

/** The most frequent mistakes, out of fold. */
function confusions({ confusion, labels }: VersionSummary) {
  const pairs = confusion.flatMap((row, truth) =>
    row.map((count, said) => ({ label: labels[truth]!, takenFor: labels[said]!, count })),
  )
  return pairs
    .filter((p) => p.count > 0 && p.label !== p.takenFor)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
}
