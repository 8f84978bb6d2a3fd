import type { ServiceContext } from '../context.ts'
import { readDetails, type StoredDetails } from '../db/example-details.ts'
import { readNamesNow } from '../db/version-labels.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { placeOf, scoresOf } from './scores-cache.ts'
import type { Sight } from './shown-copies.ts'

/** Examples of which the details are read at once. */
export const MAX_DETAILS = 200

/**
 * `score`: how suspect the last training held it, 0 to 1; null: it did not see it. `recognized`: as which label, by heads that
 * had not seen it; null: not measured. `isSpoiler`: it stays covered until somebody wants to see it.
 */
export type ExampleDetails = Omit<StoredDetails, 'suspicion'> & {
  score: number | null
  recognized: string | null
  isSpoiler: boolean
}

/** What is known of some examples, in the order in which they were asked for, and of those alone that somebody may see. */
export async function describeExamples(
  app: ServiceContext,
  dataset: number,
  { examples, seesAll = false }: Sight & { examples: readonly number[] },
): Promise<ExampleDetails[]> {
  const details = await readDetails(app.db, dataset, { examples, seesAll })
  const scores = await scoresOf(app, dataset)
  const places = details.map(({ id }) => placeOf(scores, id))
  const answers = places.map((place) => scores.answers?.[place] ?? 0)
  const names = await readNamesNow(app.db, answers)
  return details.map(({ suspicion, ...about }, i) => ({
    ...about,
    score: suspicion ?? scores.scores[places[i] ?? -1] ?? null,
    recognized: names[i] ?? null,
    isSpoiler: isSpoiler(about.file),
  }))
}
