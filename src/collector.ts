import { createHash } from 'node:crypto'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { UserError } from './errors.ts'
import { readLimited } from './files.ts'
import { LIMITS } from './images/limits.ts'
import { parseLabel } from './label.ts'
import { explain, type Store } from './store/database.ts'
import { addExample, isFiled } from './store/examples.ts'
import type { Pool } from './workers/pool.ts'

export type Filing = { file: string; label: string }
type Outcome = 'added' | 'duplicate' | { file: string; code: string; message: string }

/** Files pictures under labels, as many at once as the pool is wide, and yields each outcome once it is on disk. */
export async function* collect(
  { store, pool }: { store: Store; pool: Pool },
  dataset: number,
  filings: AsyncIterable<Filing>,
  by: string,
): AsyncGenerator<Outcome> {
  const running: Promise<Outcome>[] = []
  for await (const filing of filings) {
    const outcome = fileOne({ store, pool }, dataset, filing, by)
    outcome.catch(() => {}) // awaited in its turn
    running.push(outcome)
    if (running.length > pool.width) yield await running.shift()!
  }
  for (const outcome of running) yield await outcome
}

async function fileOne(
  { store, pool }: { store: Store; pool: Pool },
  dataset: number,
  { file, label }: Filing,
  by: string,
): Promise<Outcome> {
  try {
    const parsed = parseLabel(label)
    const bytes = await readLimited(file, LIMITS.bytes)
    const fileHash = createHash('sha256').update(bytes).digest()
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
