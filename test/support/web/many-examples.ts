// Fills a dataset with any number of examples, straight into the database: adding them one by one would take minutes.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import sharp from 'sharp'
import { DEFAULT_DATASET, openDataset } from '../../../src/db/datasets.ts'
import { parseLabel } from '../../../src/label.ts'
import { openApp } from '../app.ts'

/** Pictures that differ; the others repeat them. */
const DIFFERENT = 64
/** Pixels of a copy, as they are stored; of what is stored is told the same, whatever was drawn. */
const SIDE = 512
const FIRST_DAY = Date.UTC(2026, 0, 1)
const MINUTE_MS = 60_000
/** One of so many is a suspect. */
const SUSPECT_EVERY = 20

/** `side`: pixels of the copies that are drawn; small ones are written quickly. */
type Wanted = { examples: number; labels: readonly string[]; by?: string; side?: number }

/** @param home of a program that does not run; made where it is not there */
export async function fillWithExamples(
  home: string,
  { examples, labels, by = 'tester', side = SIDE }: Wanted,
): Promise<void> {
  const copies = await Promise.all(Array.from({ length: DIFFERENT }, (_, i) => drawCopy(i, side)))
  const app = await openApp(home)
  const dataset = await openDataset(app.db, { server: '', name: DEFAULT_DATASET, create: true })
  await app.close()
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  database.transaction(() => {
    const insertLabel = database.prepare('insert into labels (dataset, name, key) values (?, ?, ?)')
    const ids = labels.map((name) => insertLabel.run(dataset, name, parseLabel(name).key).lastInsertRowid)
    const insertPicture = database.prepare(
      'insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast) values (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    const insertExample = database.prepare(
      'insert into examples (picture, label, file, filed_at, filed_by) values (?, ?, ?, ?, ?)',
    )
    const insertSuspicion = database.prepare(
      'insert into suspicions (example, score, suggested, reasons, left_out, dataset) values (?, ?, ?, ?, 0, ?)',
    )
    const suggested = labels.at(-1) ?? ''
    const reasons = JSON.stringify([{ kind: 'looks-like', label: suggested }])
    for (let i = 0; i < examples; i++) {
      const hash = Buffer.from(`${dataset}-${i}`)
      const copy = copies[i % DIFFERENT]
      const picture = insertPicture.run(dataset, hash, hash, i.toString(16), copy, SIDE, SIDE, 50).lastInsertRowid
      const at = new Date(FIRST_DAY + i * MINUTE_MS).toISOString()
      const id = insertExample.run(picture, ids[i % labels.length], `picture-${i}.png`, at, by).lastInsertRowid
      if (i % SUSPECT_EVERY === 0) insertSuspicion.run(id, (i % 97) / 97, suggested, reasons, dataset)
    }
  })()
  database.close()
}

/** A picture with shapes of its own, as copies are stored. */
function drawCopy(i: number, side: number): Promise<Buffer> {
  const hue = Math.round((360 * i) / DIFFERENT)
  const shapes = Array.from({ length: 12 }, (_, k) => {
    const [x, y] = [(i * 97 + k * 211) % SIDE, (i * 53 + k * 137) % SIDE]
    return `<circle cx="${x}" cy="${y}" r="${30 + ((i + k) % 7) * 12}" fill="hsl(${(hue + 40 * k) % 360} 60% ${35 + 4 * k}%)" />`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">
    <rect width="100%" height="100%" fill="hsl(${hue} 45% 78%)" />${shapes.join('')}</svg>`
  return sharp(Buffer.from(svg)).resize(side).jpeg().toBuffer()
}

/** `label-0`, `label-1` and so on. */
export const numberedLabels = (count: number): string[] => Array.from({ length: count }, (_, i) => `label-${i}`)
