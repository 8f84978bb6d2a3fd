import { defineCommand, pageOf, result } from '../../src/commands/define.ts'
import { flag } from '../../src/commands/options.ts'
import { countSuspects, readSuspects, type Suspect, suspectPages } from '../../src/db/suspects.ts'
import { suspicionScorePages } from '../../src/db/suspicion-scores.ts'

/** Suspects on one page of a screen. */
const PAGE_SIZE = 15

export default defineCommand({
  name: 'suspects',
  summary: 'list the pictures that look mislabelled, most suspect first, and why',
  access: 'reviewer',
  onlyReads: true,
  isPrivate: true,
  options: { all: flag('list every example with its score', { optional: true, named: true }) },
  examples: ['suspects', 'suspects --all --json'],
  async *run({ app, dataset, screen, options: { all } }) {
    if (all && !screen) {
      for await (const page of suspicionScorePages(app.db, dataset))
        for (const { suspect, ...example } of page) yield toLine(example, suspect)
      return
    }
    if (screen) {
      const total = await countSuspects(app.db, dataset)
      const { page, ...rows } = pageOf(screen, total, PAGE_SIZE)
      const suspects = await readSuspects(app.db, dataset, rows)
      yield result('suspects', { suspects, total }, { page, again: { command: 'suspects', options: {} } })
      return
    }
    let isEmpty = true
    for await (const page of suspectPages(app.db, dataset))
      for (const suspect of page) {
        isEmpty = false
        yield toLine(suspect, suspect)
      }
    if (isEmpty) yield result('suspects', { suspects: [] })
  },
})

type Example = { example: number; file: string; label: string; score: number | null }

const toLine = ({ example, file, label, score }: Example, suspect: Suspect | undefined) =>
  result('suspect', {
    id: example,
    file,
    label,
    suggested: suspect?.suggested ?? null,
    score: suspect?.score ?? score,
    reasons: suspect?.reasons ?? [],
  })
