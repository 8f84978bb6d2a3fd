import { countLabels } from '../src/store/examples.ts'
import { listVersions } from '../src/store/versions.ts'
import { answer, type Command } from './command.ts'

const MOST = 10

/** What a version keeps of its training: see trainer.ts. */
type Kept = {
  accuracy: number | null
  accuracyInterval: [number, number] | null
  calibrationError: number | null
  confusion: number[][]
  names: string[]
}

export default {
  name: 'stats',
  summary: 'how well it does: examples a label, accuracy with its interval, most confused pairs',
  arguments: [],
  examples: ['stats'],
  async *run({ app }) {
    const versions = await listVersions(app.store, app.dataset)
    const current = versions.find((v) => v.current)
    const kept = current?.measurement as Kept | undefined
    yield answer({
      labels: await countLabels(app.store, app.dataset),
      version: current?.number ?? null,
      versions: versions.length,
      accuracy: kept?.accuracy ?? null,
      accuracyInterval: kept?.accuracyInterval ?? null,
      calibrationError: kept?.calibrationError ?? null,
      confusions: kept ? confusions(kept) : [],
    })
  },
} satisfies Command

/** The most frequent mistakes, out of fold. */
function confusions({ confusion, names }: Kept) {
  const pairs = confusion.flatMap((row, truth) =>
    row.map((count, said) => ({ label: names[truth]!, takenFor: names[said]!, count })),
  )
  return pairs
    .filter((p) => p.count > 0 && p.label !== p.takenFor)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
}
