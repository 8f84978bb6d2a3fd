import type { ServiceContext } from '../context.ts'
import type { Database } from '../db/connection.ts'
import { type ExampleScores, readExampleScores, readScoresMark } from '../db/example-scores.ts'

/** Of a hundred thousand examples they take about a megabyte. */
const MAX_DATASETS = 8

type Kept = { mark: string; scores: ExampleScores }
const NONE: ExampleScores = { examples: new Uint32Array(), scores: new Float32Array(), answers: null }

/** By database and dataset, the least recently read first. */
const caches = new WeakMap<Database, Map<number, Kept>>()

/** What the last training found out about each example of a dataset, kept in memory until the next one. */
export async function scoresOf({ db }: Pick<ServiceContext, 'db'>, dataset: number): Promise<ExampleScores> {
  const mark = await readScoresMark(db, dataset)
  if (mark === undefined) return NONE
  const kept = caches.get(db) ?? new Map<number, Kept>()
  caches.set(db, kept)
  const known = kept.get(dataset)
  const scores = known?.mark === mark ? known.scores : await readExampleScores(db, dataset)
  kept.delete(dataset)
  kept.set(dataset, { mark, scores })
  const [oldest] = kept.keys()
  if (kept.size > MAX_DATASETS && oldest !== undefined) kept.delete(oldest)
  return scores
}

/** Where an example is in the scores; -1: no training has learned from it. */
export function placeOf({ examples }: ExampleScores, example: number): number {
  let [low, high] = [0, examples.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((examples[middle] ?? 0) < example) low = middle + 1
    else high = middle
  }
  return examples[low] === example ? low : -1
}
