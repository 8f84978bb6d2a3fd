import { defineCommand, result } from '../../src/commands/define.ts'
import { flag } from '../../src/commands/options.ts'
import { listSuspects, type Suspect } from '../../src/db/suspects.ts'
import { listSuspicionScores } from '../../src/db/suspicion-scores.ts'
import { sayReasons } from '../../src/locales/reasons.ts'

export default defineCommand({
  name: 'suspects',
  summary: 'list the pictures that look mislabelled, most suspect first, and why',
  access: 'reviewer',
  isPrivate: true,
  options: { all: flag('list every example with its score', { optional: true, named: true }) },
  examples: ['suspects', 'suspects --all --json'],
  async *run({ app, dataset, chat, options: { all } }) {
    if (all && !chat) {
      for (const { suspect, ...example } of await listSuspicionScores(app.db, dataset)) yield toLine(example, suspect)
      return
    }
    const suspects = await listSuspects(app.db, dataset)
    if (chat || suspects.length === 0) yield result('suspects', { suspects })
    else for (const suspect of suspects) yield toLine(suspect, suspect)
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
    reason: sayReasons(suspect?.reasons ?? []),
  })
