import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { median } from '../../../models/numbers/statistics.ts'
import type { ServiceContext, TrainingOutcome } from '../../context.ts'
import type { Database } from '../../db/connection.ts'
import { datasetBackbones, LOCAL_SERVER, readServerOf } from '../../db/datasets.ts'
import { listKeptExamples } from '../../db/kept-examples.ts'
import { readAllCopies } from '../../db/pictures.ts'
import { UserError } from '../../errors.ts'
import { pickEvenly } from './features.ts'
import { BACKBONES_FOR, isOffered, PHOTOS } from './picture-kinds.ts'

/** Pictures that are looked at, and those that it takes to say anything. */
const LOOKED_AT = 24
const LEAST = 8
/** Median of `flatShare` below which pictures are photographs: half-way between the most of photographs and the least of drawings. */
const PHOTOGRAPHS_BELOW = 0.47

/**
 * The backbone of the catalogue that would probably help: `photos`, where a dataset of photographs has the embedded backbone alone, which knows
 * drawings. Told from a sample of its pictures. Null: none.
 * @returns its name; what to `use`, with what is used already; the bytes of the download
 */
export async function suggestBackbone(
  { db }: ServiceContext,
  dataset: number,
): Promise<TrainingOutcome['suggestedBackbone']> {
  const backbones = await datasetBackbones(db, dataset)
  if (!PHOTOS || backbones.some(({ id }) => id !== EMBEDDED.id)) return null
  // The terminal may use any; a server those that are offered.
  if (!isOffered('both') && (await readServerOf(db, dataset)) !== LOCAL_SERVER) return null
  const examples = pickEvenly(await listKeptExamples(db, dataset), LOOKED_AT)
  // Loads sharp, which most commands do without.
  const { flatShare } = await import('../../images/flatness.ts')
  const shares: number[] = []
  for (const copy of await readSample(db, dataset, examples)) {
    // One that is damaged costs a little of the sample, never the training that asks.
    const share = await flatShare(copy).catch(() => null)
    if (share !== null) shares.push(share)
  }
  if (shares.length < LEAST || median(Float64Array.from(shares)) >= PHOTOGRAPHS_BELOW) return null
  const { name, bytes } = PHOTOS
  return { name, use: BACKBONES_FOR.both, bytes }
}

/** A bucket that does not answer costs the suggestion, never the training that asks. */
async function readSample(db: Database, dataset: number, examples: number[]): Promise<Iterable<Uint8Array>> {
  try {
    return (await readAllCopies(db, dataset, examples)).values()
  } catch (error) {
    if (error instanceof UserError && error.code.startsWith('bucket.')) return []
    throw error
  }
}
