import { EMBEDDED } from '../models/backbones/registry.ts'
import { UserError } from './errors.ts'
import { hashFile, readPicture } from './files.ts'
import { parseLabel } from './label.ts'
import { explain, type Store } from './store/database.ts'
import { addExample, isFiled } from './store/examples.ts'
import { inOrder } from './workers/in-order.ts'
import type { Pool } from './workers/pool.ts'

export type Filing = { file: string; label: string }
type Outcome = 'added' | 'duplicate' | { file: string; code: string; message: string }

/** Files pictures under labels, as many at once as the pool is wide, and yields each outcome once it is on disk. */
export function collect(
  app: { store: Store; pool: Pool },
  dataset: number,
  filings: AsyncIterable<Filing>,
  by: string,
): AsyncGenerator<Outcome> {
  return inOrder(filings, app.pool.width, (filing) => fileOne(app, dataset, filing, by))
}

async function fileOne(
  { store, pool }: { store: Store; pool: Pool },
  dataset: number,
  { file, label }: Filing,
  by: string,
): Promise<Outcome> {
  try {
    const parsed = parseLabel(label)
    const bytes = await readPicture(file)
    const fileHash = hashFile(bytes)
    if (await isFiled(store, dataset, parsed.key, fileHash)) return 'duplicate'
    const seen = await pool.see(bytes)
    const { features, perceptualHash } = seen
    const example = {
      fileHash,
      // Structured cloning turns a Buffer into a Uint8Array.
      pixelHash: Buffer.from(seen.pixelHash),
      copy: Buffer.from(seen.copy),
      perceptualHash,
      features,
      file,
      by,
    }
    return (await addExample(store, dataset, parsed, EMBEDDED.id, example)) ? 'added' : 'duplicate'
  } catch (error) {
    const mistake = explain(error)
    // A full disk concerns every file to come; a bad picture only itself.
    if (mistake instanceof UserError && !/^(disk|database|home)\./.test(mistake.code))
      return { file, code: mistake.code, message: mistake.message }
    throw mistake
  }
}
