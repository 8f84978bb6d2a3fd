import type { Database } from './connection.ts'
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

/** Every example that is learned from, most suspect first. */
export async function listSuspicionScores(db: Database, dataset: number): Promise<ScoredExample[]> {
  const scores = await readScores(db, dataset)
  const suspects = new Map((await listSuspects(db, dataset)).map((suspect) => [suspect.example, suspect]))
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label', 'file'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .execute()
  return rows
    .map((row) => ({ ...row, score: scores.get(row.example) ?? null, suspect: suspects.get(row.example) }))
    .sort((a, b) => rank(b) - rank(a) || a.example - b.example)
}

/** Those without a score come last. */
const rank = ({ suspect, score }: ScoredExample): number => suspect?.score ?? score ?? -1
