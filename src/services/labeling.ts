import { createHash } from 'node:crypto'
import { readServerLimits } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { findAddedSince } from '../db/added-since.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { datasetBackbones, readServerOf } from '../db/datasets.ts'
import { listExamplesOf } from '../db/example-lists.ts'
import { hasExample, type NewExample, removeExample } from '../db/examples.ts'
import { findPicture } from '../db/pictures.ts'
import type { Limits } from '../db/server-limits.ts'
import type { Actor } from '../db/transitions.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import { type Label, parseLabel } from '../label.ts'
import { retryAfterCrash } from '../workers/inference/worker-crash.ts'
import { mapOrdered } from '../workers/map-ordered.ts'
import { type ExportedSource, ingestExported } from './import/exported-example.ts'
import { writeTogether } from './write-together.ts'

/** Where somebody changes examples, and who. */
type Where = { dataset: number; by: string }

/**
 * `ageRestricted`: the pictures come from where only adults may look. `begunAt`: when another process began to add the same
 * ones, which has died since: what it had added counts as added now
 */
type Addition = Where & { ageRestricted?: boolean; begunAt?: string | undefined }

/** A picture under a label; one of an export comes with what the export says of it. */
export type LabelledSource = { source: Source; label: Label } | ExportedSource

/** The new example, with the JPEG that was stored of it; or why there is none. */
type AddOutcome = { added: number; copy: Uint8Array } | 'duplicate' | { file: string; code: string; message: string }

/** Pictures that are written at once. The disk is waited for as seldom, and so many are lost at most when the power goes. */
const BATCH = 8
/** While one batch is written, the next is computed. */
const BATCHES = 2

/** What was computed of a picture, to be written; or its outcome where there is nothing to write; or what concerns all. */
type Computed = { example: NewExample } | { outcome: AddOutcome } | { fatal: unknown }

/**
 * Adds pictures to labels, several at once, and yields the outcome of each, in order, once it is on disk. A picture that
 * cannot be used, or may not be added, does not stop the others. Throws UserError disk.*, database.*, home.*, backbone.*, bucket.*,
 * which concern all
 */
export async function* addPictures(
  app: ServiceContext,
  where: Addition,
  sources: Iterable<LabelledSource> | AsyncIterable<LabelledSource>,
): AsyncGenerator<AddOutcome> {
  // Features of further backbones are computed ahead of the next training (backbones/precompute.ts).
  const [[backbone], server] = await Promise.all([
    datasetBackbones(app.db, where.dataset),
    readServerOf(app.db, where.dataset),
  ])
  const pool = app.inferencePool(backbone)
  const limits = readServerLimits()
  /** Examples of a process that died, which are counted once. */
  const counted = new Set<number>()

  async function ingest(labelled: LabelledSource): Promise<Computed> {
    const { dataset, by, ageRestricted = false } = where
    if ('exported' in labelled) {
      const into = { dataset, by, ageRestricted, backbone: backbone.id, pool }
      const example = await ingestExported(app, into, labelled)
      return example ? { example } : { outcome: 'duplicate' }
    }
    const { source, label } = labelled
    const bytes = await source.read()
    const fileHash = hashFile(bytes)
    if (await hasExample(app.db, dataset, { label, fileHash, by })) {
      const since = where.begunAt
      const added = since && (await findAddedSince(app.db, dataset, { label, fileHash, by, since }))
      if (!added || counted.has(added)) return { outcome: 'duplicate' }
      counted.add(added)
      return { outcome: { added, copy: (await pool.ingest(bytes)).copy } }
    }
    const { features, ...decoded } = await pool.ingest(bytes)
    const picture = { fileHash, ...decoded }
    const { name, storedAs = name, poster } = source
    return { example: { label, file: storedAs, by, poster, ageRestricted, picture, backbone: backbone.id, features } }
  }

  const compute = (labelled: LabelledSource): Promise<Computed> =>
    app.queue.run(server, () => retryAfterCrash(() => ingest(labelled))).catch((error) => failed(labelled, error))
  const computed = mapOrdered(sources, pool.inFlight, compute)
  const write = (some: Computed[]) => writeBatch(app, { dataset: where.dataset, limits }, some)
  for await (const batch of mapOrdered(inBatches(computed), BATCHES, write))
    for (const result of batch) {
      if (typeof result === 'object' && 'fatal' in result) throw result.fatal
      yield result
    }
}

function failed({ source }: LabelledSource, error: unknown): Computed {
  try {
    return { outcome: rejectPicture(source, error) }
  } catch (fatal) {
    return { fatal }
  }
}

/** In parts of `BATCH`; what concerns all ends a part, so that what came before it is written. */
async function* inBatches(computed: AsyncIterable<Computed>): AsyncGenerator<Computed[]> {
  let batch: Computed[] = []
  for await (const one of computed) {
    batch.push(one)
    if (batch.length < BATCH && !('fatal' in one)) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function writeBatch(
  app: ServiceContext,
  { dataset, limits }: { dataset: number; limits: Limits },
  batch: Computed[],
): Promise<(AddOutcome | { fatal: unknown })[]> {
  const examples = batch.flatMap((one) => ('example' in one ? [one.example] : []))
  const ids =
    examples.length > 0 ? await writeTogether(app.db, dataset, { examples, limits }).catch(throwExplained) : []
  for (const id of ids) if (typeof id === 'number') app.events.emit('examplesChanged', dataset, 1)
  const written = ids.values()
  return batch.map((one) => {
    if ('fatal' in one) return one
    if ('outcome' in one) return one.outcome
    const { file, picture } = one.example
    const added = written.next().value
    if (added instanceof UserError) return { file, code: added.code, message: added.message }
    return added === undefined ? 'duplicate' : { added, copy: picture.copy }
  })
}

function throwExplained(error: unknown): never {
  throw explainDatabaseError(error)
}

/** Describes what is wrong with one picture. Throws what concerns every picture to come, as a full disk does. */
export function rejectPicture({ name }: Source, error: unknown): { file: string; code: string; message: string } {
  const explained = explainDatabaseError(error)
  if (!(explained instanceof UserError) || /^(disk|database|home|backbone|bucket|dataset)\./.test(explained.code))
    throw explained
  return { file: name, code: explained.code, message: explained.message }
}

/** Removes a picture from a label. `as`: in which capacity. Throws UserError example.not-filed, review.decided, file.*, picture.* */
export async function removeFromLabel(
  app: ServiceContext,
  { dataset, by, as }: Where & { as: Actor },
  { source, label }: LabelledSource,
): Promise<void> {
  const picture = await identifyPicture(app, dataset, source)
  if (!(await removeExample(app.db, dataset, { label, picture, by, as }))) throw notUnder(label)
  app.events.emit('examplesChanged', dataset, 1)
}

/** The example of a picture under a label. Throws UserError example.not-filed, file.*, picture.* */
export async function findUnderLabel(
  app: ServiceContext,
  dataset: number,
  { source, label }: LabelledSource,
): Promise<number> {
  const picture = await identifyPicture(app, dataset, source)
  const found = (await listExamplesOf(app.db, picture)).find((e) => parseLabel(e.label).key === label.key)
  if (!found) throw notUnder(label)
  return found.example
}

const notUnder = ({ name }: Label): UserError =>
  new UserError('example.not-filed', `Expected a picture of the label ${name}, received one of another`)

/** The id of the stored picture that this one is: the same file, or the same pixels. Throws UserError example.not-filed, file.*, picture.* */
export async function identifyPicture(
  { db, inferencePool, queue }: ServiceContext,
  dataset: number,
  source: Source,
): Promise<number> {
  return queue.run(await readServerOf(db, dataset), async () => {
    const bytes = await source.read()
    const sameFile = await findPicture(db, dataset, { fileHash: hashFile(bytes) })
    if (sameFile !== undefined) return sameFile
    const [backbone] = await datasetBackbones(db, dataset)
    const { pixelHash } = await inferencePool(backbone).ingest(bytes)
    const samePixels = await findPicture(db, dataset, { pixelHash })
    if (samePixels === undefined)
      throw new UserError('example.not-filed', `Expected a picture of this dataset, received another: ${source.name}`)
    return samePixels
  })
}

/** SHA-256 of a file as it came: the same file is recognized without decoding it. */
const hashFile = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
