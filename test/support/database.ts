// A database of its own for a test of the repositories, and made-up examples to put into it.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { addExample, type NewExample } from '../../src/db/examples.ts'
import { parseLabel } from '../../src/label.ts'
import { engineOfTest } from './each-engine.ts'
import { postgresUrl } from './postgres.ts'

export const BACKBONE = 'made-up@1'

/** `databaseUrl` undefined: it is the file in the folder. */
type MadeDatabase = { db: Database; home: string; databaseUrl: string | undefined }

/** An empty database of the test's engine (each-engine.ts), and a temporary folder; removed after the test file. */
export async function makeDatabase(): Promise<MadeDatabase> {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-db-'))
  const databaseUrl = engineOfTest() === 'postgres' ? await postgresUrl() : undefined
  const db = await openDatabase(home, { databaseUrl })
  after(async () => {
    await db.destroy()
    rmSync(home, { recursive: true, force: true })
  })
  return { db, home, databaseUrl }
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

/** A made-up picture of two features. */
export function exampleOf({ label, pixels, file = pixels, by = 'ann', poster }: MadeUp): NewExample {
  return {
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
  }
}

/** Adds one. @returns the example's id; undefined: it was there */
export const add = (db: Database, dataset: number, example: MadeUp): Promise<number | undefined> =>
  addExample(db, dataset, exampleOf(example))

/** Adds one that is not there yet. @returns the example's id */
export async function addNew(db: Database, dataset: number, example: MadeUp): Promise<number> {
  const id = await add(db, dataset, example)
  if (id === undefined) throw new Error(`${example.pixels} is under ${example.label} already`)
  return id
}
