import { createHash } from 'node:crypto'
import type { ServiceContext } from '../context.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { datasetBackbone, readServerOf } from '../db/datasets.ts'
import { addExample, hasExample, removeExample } from '../db/examples.ts'
import { findPicture } from '../db/pictures.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import { type Label, parseLabel } from '../label.ts'
import { retryAfterCrash } from '../workers/inference/worker-crash.ts'
import { mapOrdered } from '../workers/map-ordered.ts'

export type LabelledSource = { source: Source; label: string }
type Outcome = { added: number } | 'duplicate' | { file: string; code: string; message: string }

/**
 * Files pictures under labels, as many at once as the pool is wide, and yields each outcome once it is on disk: the new
 * example's id, or why there is none.
 */
export async function* addPictures(
  { db, inferencePool, queue, events }: ServiceContext,
  dataset: number,
  labelledSources: Iterable<LabelledSource>,
  by: string,
): AsyncGenerator<Outcome> {
  const backbone = await datasetBackbone(db, dataset)
  const server = await readServerOf(db, dataset)
  const pool = inferencePool(backbone)

  async function file({ source, label }: LabelledSource): Promise<Outcome> {
    const parsed = parseLabel(label)
    const bytes = await source.read()
    const fileHash = hashFile(bytes)
    if (await hasExample(db, dataset, { label: parsed, fileHash, by })) return 'duplicate'
    const { features, ...decoded } = await pool.ingest(bytes)
    const added = await addExample(db, dataset, {
      label: parsed,
      file: source.name,
      by,
      picture: { fileHash, ...decoded },
      backbone: backbone.id,
      features,
    })
    if (added === undefined) return 'duplicate'
    events.emit('examplesChanged', dataset, 1)
    return { added }
  }

  async function attempt(filing: LabelledSource): Promise<Outcome> {
    try {
      return await queue.run(server, () => retryAfterCrash(() => file(filing)))
    } catch (error) {
      const mistake = explainDatabaseError(error)
      // A full disk or a missing network concerns every file to come; a bad picture only itself.
      if (mistake instanceof UserError && !/^(disk|database|home|backbone)\./.test(mistake.code))
        return { file: filing.source.name, code: mistake.code, message: mistake.message }
      throw mistake
    }
  }

  yield* mapOrdered(labelledSources, pool.inFlight, attempt)
}

/** Takes a picture out of a label. Throws UserError example.not-filed, file.*, picture.* */
export async function removeFromLabel(
  app: ServiceContext,
  dataset: number,
  label: Label,
  source: Source,
  by: string,
): Promise<void> {
  const picture = await identifyPicture(app, dataset, source)
  if (!(await removeExample(app.db, dataset, { label, picture, by })))
    throw new UserError(
      'example.not-filed',
      `Expected a picture filed under ${label.name}, received one of another label`,
    )
  app.events.emit('examplesChanged', dataset, 1)
}

/** The filed picture that this one is: the very file, or another one of the same pixels. Throws UserError example.not-filed */
export async function identifyPicture(
  { db, inferencePool, queue }: ServiceContext,
  dataset: number,
  source: Source,
): Promise<number> {
  return queue.run(await readServerOf(db, dataset), async () => {
    const bytes = await source.read()
    const exact = await findPicture(db, dataset, { fileHash: hashFile(bytes) })
    if (exact !== undefined) return exact
    const { pixelHash } = await inferencePool(await datasetBackbone(db, dataset)).ingest(bytes)
    const same = await findPicture(db, dataset, { pixelHash })
    if (same === undefined)
      throw new UserError('example.not-filed', `Expected a filed picture, received another: ${source.name}`)
    return same
  })
}

/** SHA-256 of a file as it came: what a second filing is recognised by, without decoding. */
const hashFile = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
