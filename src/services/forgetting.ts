import { createHash } from 'node:crypto'
import type { ServiceContext } from '../context.ts'
import { datasetBackbones } from '../db/datasets.ts'
import { forgetPerson } from '../db/forget-person.ts'
import { forgetPicture } from '../db/forget-picture.ts'
import { countExamplesOf, type Person } from '../db/people.ts'
import { findPicture } from '../db/pictures.ts'
import type { Source } from '../images/source.ts'

/**
 * Forgets a person for good: what they added or posted, what they said, and their name. A training follows wherever a
 * version may have learned from them. @returns how many examples were deleted
 */
export async function forgetEverythingOf({ db, events }: ServiceContext, person: Person): Promise<number> {
  const forgotten = await forgetPerson(db, person)
  for (const { dataset, examples } of forgotten) events.emit('examplesChanged', dataset, Math.max(1, examples))
  return forgotten.reduce((sum, { examples }) => sum + examples, 0)
}

/**
 * Forgets some of a person's pictures for good, wherever they are theirs. @returns how many examples were deleted
 * Throws UserError download.*, picture.*, busy.*
 */
export async function forgetPicturesOf(app: ServiceContext, person: Person, sources: Source[]): Promise<number> {
  const datasets = await countExamplesOf(app.db, person)
  let deleted = 0
  for (const source of sources) {
    const identify = identifier(app, datasets[0]?.dataset, source)
    for (const { dataset } of datasets) {
      const picture = await identify(dataset)
      const examples = picture === undefined ? 0 : await forgetPicture(app.db, dataset, { picture, by: person.by })
      if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
      deleted += examples
    }
  }
  return deleted
}

/** Finds a picture in datasets: the same file, or the same pixels. It is read, and decoded, at most once. */
function identifier({ db, inferencePool, queue }: ServiceContext, first: number | undefined, source: Source) {
  let bytes: Uint8Array | undefined
  let pixelHash: Buffer | undefined

  return async (dataset: number): Promise<number | undefined> => {
    bytes ??= await source.read()
    const file = bytes
    const sameFile = await findPicture(db, dataset, { fileHash: createHash('sha256').update(file).digest() })
    if (sameFile !== undefined) return sameFile
    if (!pixelHash) {
      const [backbone] = await datasetBackbones(db, first ?? dataset)
      pixelHash = (await queue.run('', () => inferencePool(backbone).ingest(file))).pixelHash
    }
    return findPicture(db, dataset, { pixelHash })
  }
}
