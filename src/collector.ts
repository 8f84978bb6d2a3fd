import { UserError } from './errors.ts'
import { hashFile, readPicture } from './files.ts'
import { type Label, parseLabel } from './label.ts'
import type { Services } from './services.ts'
import { explain } from './store/database.ts'
import { datasetBackbone } from './store/datasets.ts'
import { addExample, findPicture, isFiled, moveExample, removeExample } from './store/examples.ts'
import { inOrder } from './workers/in-order.ts'

export type Filing = { file: string; label: string }
type Outcome = 'added' | 'duplicate' | { file: string; code: string; message: string }

/** Files pictures under labels, as many at once as the pool is wide, and yields each outcome once it is on disk. */
export async function* collect(
  { store, eyes }: Services,
  dataset: number,
  filings: Iterable<Filing>,
  by: string,
): AsyncGenerator<Outcome> {
  const backbone = await datasetBackbone(store, dataset)
  const pool = eyes(backbone)

  async function file({ file, label }: Filing): Promise<Outcome> {
    try {
      const parsed = parseLabel(label)
      const bytes = await readPicture(file)
      const fileHash = hashFile(bytes)
      if (await isFiled(store, dataset, parsed, fileHash)) return 'duplicate'
      const example = { fileHash, file, by, ...(await pool.see(bytes)) }
      return (await addExample(store, dataset, parsed, backbone.id, example)) ? 'added' : 'duplicate'
    } catch (error) {
      const mistake = explain(error)
      // A full disk or a missing network concerns every file to come; a bad picture only itself.
      if (mistake instanceof UserError && !/^(disk|database|home|backbone)\./.test(mistake.code))
        return { file, code: mistake.code, message: mistake.message }
      throw mistake
    }
  }

  yield* inOrder(filings, pool.width, file)
}

/** Takes the picture in a file out of a label. Throws UserError example.not-filed, file.*, picture.* */
export async function unfile(app: Services, dataset: number, label: Label, file: string): Promise<void> {
  const picture = await findFiled(app, dataset, file)
  if (!(await removeExample(app.store, dataset, label, picture)))
    throw new UserError(
      'example.not-filed',
      `Expected a picture filed under ${label.name}, received one of another label`,
    )
}

/** Files the picture in a file under this label and no other. @returns the labels that it was under */
export async function refile(
  app: Services,
  dataset: number,
  label: Label,
  file: string,
  by: string,
): Promise<string[]> {
  return moveExample(app.store, dataset, label, await findFiled(app, dataset, file), by)
}

/** The filed picture that a file shows: the very file, or another one of the same pixels. */
async function findFiled({ store, eyes }: Services, dataset: number, file: string): Promise<number> {
  const bytes = await readPicture(file)
  const exact = await findPicture(store, dataset, { fileHash: hashFile(bytes) })
  if (exact !== undefined) return exact
  const { pixelHash } = await eyes(await datasetBackbone(store, dataset)).see(bytes)
  const same = await findPicture(store, dataset, { pixelHash })
  if (same === undefined)
    throw new UserError('example.not-filed', `Expected a filed picture, received another: ${file}`)
  return same
}
