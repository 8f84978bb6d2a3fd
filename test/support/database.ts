// A database of its own for a test of the repositories, and made-up examples to put into it.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { addExample } from '../../src/db/examples.ts'
import { parseLabel } from '../../src/label.ts'

export const BACKBONE = 'made-up@1'

/** An empty database in a temporary folder, removed after the test file. */
export async function makeDatabase(): Promise<{ db: Database; home: string }> {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-db-'))
  const db = await openDatabase(home)
  after(async () => {
    await db.destroy()
    rmSync(home, { recursive: true, force: true })
  })
  return { db, home }
}

/** An empty dataset in a database of its own. */
export async function makeDataset(): Promise<{ db: Database; dataset: number }> {
  const { db } = await makeDatabase()
  return { db, dataset: await openMain(db) }
}

export const openMain = (db: Database, server = LOCAL_SERVER): Promise<number> =>
  openDataset(db, { server, name: 'main', create: true })

/** What bytes are recognized by. */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** `pixels`: what the picture shows; other files may show the same. */
type MadeUp = { label: string; pixels: string; file?: string; by?: string; poster?: string }

/** Adds a made-up picture of two features. @returns the example's id; undefined: it was there */
export function add(
  db: Database,
  dataset: number,
  { label, pixels, file = pixels, by = 'ann', poster }: MadeUp,
): Promise<number | undefined> {
  return addExample(db, dataset, {
    label: parseLabel(label),
    file,
    by,
    poster,
    picture: {
      fileHash: hashOf(file),
      pixelHash: hashOf(pixels),
      perceptualHash: hashOf(pixels).readBigUInt64LE(),
      copy: Buffer.from(`copy of ${pixels}`),
      width: 8,
      height: 6,
      contrast: 50,
    },
    backbone: BACKBONE,
    features: Float32Array.of(pixels.length, 1),
  })
}

/** Adds one that is not there yet. @returns the example's id */
export async function addNew(db: Database, dataset: number, example: MadeUp): Promise<number> {
  const id = await add(db, dataset, example)
  if (id === undefined) throw new Error(`${example.pixels} is under ${example.label} already`)
  return id
}
