import type { ServiceContext } from '../context.ts'
import type { PictureHashes } from '../db/blocked-pictures.ts'
import { datasetBackbones } from '../db/datasets.ts'
import type { Source } from '../images/source.ts'

/** What a picture is recognized by, wherever it is; nothing is stored. Throws UserError file.*, picture.* */
export async function hashPicture(
  { db, inferencePool, queue }: ServiceContext,
  dataset: number,
  source: Source,
): Promise<PictureHashes> {
  const [backbone] = await datasetBackbones(db, dataset)
  const bytes = await source.read()
  const { pixelHash, perceptualHash } = await queue.run('', () => inferencePool(backbone).ingest(bytes))
  return { pixelHash, perceptualHash }
}
