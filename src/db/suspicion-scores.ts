import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { listKeptExamples } from './kept-examples.ts'
import { readScores } from './surveys.ts'
import { listSuspects, type Suspect } from './suspects.ts'

/** `score`: how suspect it is, from 0 to 1; null where no training has learned from it. `suspect`: where it is one. */
type ScoredExample = {
  example: number
  label: string
  file: string
  score: number | null
  suspect: Suspect | undefined
}

/** Every example that is learned from, most suspect first, in pages of at most `BATCH`. */
export async function* suspicionScorePages(db: Database, dataset: number): AsyncGenerator<ScoredExample[]> {
  const scores = await readScores(db, dataset)
  const suspects = new Map((await listSuspects(db, dataset)).map((suspect) => [suspect.example, suspect]))
  const scoreOf = (example: number): number | null => scores.get(example) ?? null
  // Those without a score come last.
  const rank = (example: number): number => suspects.get(example)?.score ?? scoreOf(example) ?? -1
  const ids = await listKeptExamples(db, dataset)
  const sorted = ids.sort((a, b) => rank(b) - rank(a) || a - b)
  for (const some of chunks(sorted)) {
    const rows = new Map((await readRows(db, dataset, some)).map((row) => [row.example, row]))
    yield some.flatMap((example) => {
      const row = rows.get(example)
      return row ? { ...row, score: scoreOf(example), suspect: suspects.get(example) } : []
    })
  }
}

/** @param examples at most `BATCH`; those that are gone by now are missing */
const readRows = (db: Database, dataset: number, examples: number[]) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label', 'file'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('examples.id', 'in', examples)
    .execute()
