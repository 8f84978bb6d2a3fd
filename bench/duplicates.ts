// Whether copies are found: rescaled, recompressed, cropped, mirrored, lighter or darker, among the pictures of sets that no choice was made on.
import { readFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { nearDuplicateHashes } from '../models/label-issues/hash-pairs.ts'
import { embedAlike } from '../models/label-issues/similarity-embedding.ts'
import { average } from '../models/numbers/features.ts'
import { product } from '../models/numbers/product.ts'
import { packRows, takeRows } from '../models/numbers/rows.ts'
import { Desk } from '../models/whitening/workspace.ts'
import { table } from './figures.ts'
import { seeSet } from './sets/features.ts'
import { listSets, type Part } from './sets/sets.ts'

/** Pictures of a set that copies are made of, spread evenly. */
const COPIED = 60
const VIEWED = 24
/** Bits in which hashes of copies differ, as the program has it. */
const BITS = 4

/** `at` counts the pictures: what is cut off and whether it is lighter changes from one to the next. */
type Copy = (picture: Sharp, size: { width: number; height: number }, at: number) => Sharp
/** The share of a picture's sides that a crop leaves. */
const cropTo =
  (share: number): Copy =>
  (picture, { width, height }, at) => {
    const [w, h] = [Math.round(share * width), Math.round(share * height)]
    const [left, top] = [Math.floor(((width - w) * (at % 4)) / 3), Math.floor(((height - h) * (at % 3)) / 2)]
    return picture.extract({ left, top, width: w, height: h }).png()
  }
const COPIES: Record<string, Copy> = {
  'half the size': (picture, { width }) => picture.resize(Math.max(24, width >> 1)).png(),
  'JPEG of quality 35': (picture) => picture.jpeg({ quality: 35 }),
  mirrored: (picture) => picture.flop().png(),
  'a quarter lighter or darker': (picture, _, at) => picture.modulate({ brightness: at % 2 ? 1.25 : 0.8 }).png(),
  'cropped to 80 % of the area': cropTo(Math.sqrt(0.8)),
  'cropped to 80 % of the sides': cropTo(0.8),
}

type Row = { set: string; copy: string; recall: number; found: number }
/** In percent: `recall` where 1 % of the pairs of different pictures are joined too, `found` at the program's own limit for two labels. */
export async function measureDuplicates(part: Part = 'test'): Promise<Row[]> {
  const sets = await listSets(part)
  const { InferencePool } = await import('../src/workers/inference/pool.ts')
  const pool = new InferencePool(EMBEDDED)
  const rows: Row[] = []
  for (const set of sets) {
    const seen = await seeSet(set)
    const files = set.classes.flat()
    const chosen = Array.from({ length: COPIED }, (_, i) => Math.floor((i * files.length) / COPIED))
    const copies: { of: number; copy: string; hash: bigint; features: Float32Array }[] = []
    for (const [i, of] of chosen.entries()) {
      const png = await sharp(readFileSync(files[of]!)).flatten({ background: '#fff' }).png().toBuffer()
      const { width, height } = await sharp(png).metadata()
      for (const [copy, make] of Object.entries(COPIES)) {
        const bytes = await make(sharp(png), { width, height }, i).toBuffer()
        const { perceptualHash: hash } = await pool.ingest(new Uint8Array(bytes))
        copies.push({
          of,
          copy,
          hash,
          features: average(await pool.embed(new Uint8Array(bytes), ['plain', 'mirrored'])),
        })
      }
    }
    rows.push(...(await measureSet(set.name, seen, copies)))
  }
  await pool.close()
  return rows
}

type Seen = Awaited<ReturnType<typeof seeSet>>
type Copied = { of: number; copy: string; hash: bigint; features: Float32Array }

async function measureSet(set: string, seen: Seen, copies: Copied[]): Promise<Row[]> {
  const n = seen.length
  const step = Math.max(1, Math.floor(n / VIEWED))
  const views = seen.flatMap((s, row) => (row % step === 0 ? [{ row, views: s.views }] : []))
  const all = packRows([...seen.map((s) => average(s.views.slice(0, 2))), ...copies.map((c) => c.features)])
  const z = embedAlike(all, views, readPrior(EMBEDDED), new Desk(all.rows, 1))
  const part = (from: number, to: number) =>
    takeRows(
      z,
      Array.from({ length: to - from }, (_, i) => from + i),
    )
  const { data } = product(part(n, all.rows), part(0, n))
  const hashes = new Set(
    nearDuplicateHashes([...seen.map((s) => s.hash), ...copies.map((c) => c.hash)], BITS).map(([a, b]) => `${a} ${b}`),
  )
  const likeness = (c: number, of: number): number => (hashes.has(`${of} ${n + c}`) ? 1 : data[c * n + of]!)
  const others = copies.flatMap((copy, c) => seen.flatMap((_, of) => (of === copy.of ? [] : [likeness(c, of)])))
  const limit = others.sort((a, b) => b - a)[Math.floor(0.01 * others.length)]!
  return Object.keys(COPIES).map((copy) => {
    const own = copies.flatMap((c, i) => (c.copy === copy ? [likeness(i, c.of)] : []))
    const share = (least: number): number => (100 * own.filter((v) => v >= least).length) / own.length
    return { set, copy, recall: share(limit), found: share(0.75) }
  })
}

/** The section of RESULTS.md. */
export function describeDuplicates(rows: Row[]): string {
  const sets = [...new Set(rows.map((r) => r.set))]
  const of = (copy: string, set: string): Row => rows.find((r) => r.copy === copy && r.set === set)!
  return `## Copies

Of ${COPIED} pictures of each set: percent of the copies that are found where 1 % of the pairs of different pictures count as copies too / at likeness 0.75, from which on two
labels are in conflict.

${table(
  ['copy', ...sets],
  Object.keys(COPIES).map((copy) => [
    copy,
    ...sets.map((set) => `${of(copy, set).recall.toFixed(0)} / ${of(copy, set).found.toFixed(0)}`),
  ]),
)}
`
}

if (import.meta.main)
  process.stdout.write(describeDuplicates(await measureDuplicates((process.argv[2] as Part) ?? 'test')))
