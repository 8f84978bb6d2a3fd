import { createHash } from 'node:crypto'
import type { Services } from '../context.ts'
import { explain } from '../db/connection.ts'
import { datasetBackbone, serverOf } from '../db/datasets.ts'
import { addExample, findPicture, isFiled, removeExample } from '../db/examples.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import { type Label, parseLabel } from '../label.ts'
import { persist } from '../workers/inference/pool.ts'
import { inOrder } from '../workers/map-ordered.ts'

export type Filing = { source: Source; label: string }
type Outcome = { added: number } | 'duplicate' | { file: string; code: string; message: string }

/**
 * Files pictures under labels, as many at once as the pool is wide, and yields each outcome once it is on disk: the new
 * example's id, or why there is none.
 */
export async function* collect(
  { store, eyes, queue, events }: Services,
  dataset: number,
  filings: Iterable<Filing>,
  by: string,
): AsyncGenerator<Outcome> {
  const backbone = await datasetBackbone(store, dataset)
  const server = await serverOf(store, dataset)
  const pool = eyes(backbone)

  async function file({ source, label }: Filing): Promise<Outcome> {
    const parsed = parseLabel(label)
    const bytes = await source.read()
    const fileHash = hashFile(bytes)
    if (await isFiled(store, dataset, parsed, fileHash, by)) return 'duplicate'
    const example = { fileHash, file: source.name, by, ...(await pool.see(bytes)) }
    const added = await addExample(store, dataset, parsed, backbone.id, example)
    if (added === undefined) return 'duplicate'
    events.emit('filed', dataset, 1)
    return { added }
  }

  async function attempt(filing: Filing): Promise<Outcome> {
    try {
      return await queue.run(server, () => persist(() => file(filing)))
    } catch (error) {
      const mistake = explain(error)
      // A full disk or a missing network concerns every file to come; a bad picture only itself.
      if (mistake instanceof UserError && !/^(disk|database|home|backbone)\./.test(mistake.code))
        return { file: filing.source.name, code: mistake.code, message: mistake.message }
      throw mistake
    }
  }

  yield* inOrder(filings, pool.width, attempt)
}

/** Takes a picture out of a label. Throws UserError example.not-filed, file.*, picture.* */
export async function unfile(app: Services, dataset: number, label: Label, source: Source, by: string): Promise<void> {
  const picture = await findFiled(app, dataset, source)
  if (!(await removeExample(app.store, dataset, label, picture, by)))
    throw new UserError(
      'example.not-filed',
      `Expected a picture filed under ${label.name}, received one of another label`,
    )
  app.events.emit('filed', dataset, 1)
}

/** The filed picture that this one is: the very file, or another one of the same pixels. Throws UserError example.not-filed */
export async function findFiled({ store, eyes, queue }: Services, dataset: number, source: Source): Promise<number> {
  return queue.run(await serverOf(store, dataset), async () => {
    const bytes = await source.read()
    const exact = await findPicture(store, dataset, { fileHash: hashFile(bytes) })
    if (exact !== undefined) return exact
    const { pixelHash } = await eyes(await datasetBackbone(store, dataset)).see(bytes)
    const same = await findPicture(store, dataset, { pixelHash })
    if (same === undefined)
      throw new UserError('example.not-filed', `Expected a filed picture, received another: ${source.name}`)
    return same
  })
}

/** SHA-256 of a file as it came: what a second filing is recognised by, without decoding. */
const hashFile = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
