import type { ServiceContext } from '../context.ts'
import type { ExampleScores } from '../db/example-scores.ts'
import { DATABASE_SORTS, type GalleryFilter, listGalleryIds } from '../db/gallery.ts'
import { requireLabel } from '../db/labels.ts'
import { listMergedInto } from '../db/merge-labels.ts'
import { readRevision } from '../db/revisions.ts'
import { parseLabel } from '../label.ts'
import { placeOf, scoresOf } from './scores-cache.ts'

/** `score`: the most suspect first; those that no training has seen come last. */
export const GALLERY_SORTS = [...DATABASE_SORTS, 'score'] as const

/** Labels by name. `recognized`: as which the last training recognized an example, by heads that had not seen it. */
export type GalleryRequest = Omit<GalleryFilter, 'labels'> & {
  labels?: readonly string[] | undefined
  recognized?: string | undefined
  /** From 0 to 1. */
  minScore?: number | undefined
  sort: (typeof GALLERY_SORTS)[number]
}

/** The ids of a dataset's examples, in order, and a revision that they are at least as new as. Throws UserError label.* */
export async function readGallery(
  app: ServiceContext,
  dataset: number,
  { labels, recognized, minScore, sort, ...filter }: GalleryRequest,
): Promise<{ ids: Uint32Array; revision: number }> {
  const { db } = app
  const idOf = async (name: string): Promise<number> => (await requireLabel(db, dataset, parseLabel(name))).id
  const revision = await readRevision(db, dataset)
  const labelIds = labels && (await Promise.all(labels.map(idOf)))
  const answer = recognized === undefined ? undefined : await idOf(recognized)
  const query = { ...filter, labels: labelIds, sort: sort === 'score' ? ('oldest' as const) : sort }
  const listed = await listGalleryIds(db, dataset, query)
  if (answer === undefined && minScore === undefined && sort !== 'score') return { ids: listed, revision }
  const scores = await scoresOf(app, dataset)
  const answers = answer === undefined ? undefined : new Set([answer, ...(await listMergedInto(db, answer))])
  const places = placesOf(scores, listed)
  const ids = listed.filter((_, i) => isWanted(scores, places[i] ?? -1, { answers, minScore }))
  return { ids: sort === 'score' ? byScore(scores, ids) : ids, revision }
}

const placesOf = (scores: ExampleScores, ids: Uint32Array): Int32Array =>
  Int32Array.from(ids, (id) => placeOf(scores, id))

type Wanted = { answers: Set<number> | undefined; minScore: number | undefined }

function isWanted({ scores, answers: found }: ExampleScores, place: number, { answers, minScore }: Wanted): boolean {
  if (answers && !answers.has(found?.[place] ?? 0)) return false
  return minScore === undefined || (scores[place] ?? -1) >= minScore
}

/** Steps between two scores that are told apart, far finer than they are: with the place they make one exact number. */
const STEPS = 2 ** 24

/** @param ids ascending. Sorted as numbers, which is ten times as fast as with a comparison */
function byScore(scores: ExampleScores, ids: Uint32Array): Uint32Array {
  const keys = Float64Array.from(ids, (id, i) => {
    const place = placeOf(scores, id)
    // From 0 for the most suspect; what has no score is beyond the last.
    const rank = place < 0 ? STEPS + 1 : Math.round((1 - (scores.scores[place] ?? 0)) * STEPS)
    return rank * ids.length + i
  }).sort()
  return Uint32Array.from(keys, (key) => ids[key % ids.length] ?? 0)
}
