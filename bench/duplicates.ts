// How many copies are found (rescaled, recompressed, cropped, mirrored, lighter or darker) in sets that no choice was made on.
//   node bench/duplicates.ts [dev]
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { dotProducts } from '../models/kernels/dot-products.ts'
import { nearDuplicateHashes } from '../models/label-issues/near-duplicate-hashes.ts'
import { embedForSimilarity } from '../models/label-issues/similarity-embedding.ts'
import { average } from '../models/numbers/features.ts'
import { packRows, takeRows } from '../models/numbers/rows.ts'
import { Workspace } from '../models/whitening/workspace.ts'
import { COPIES } from './copies.ts'
import { table } from './figures.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import { listSets, type Part, type PictureSet } from './sets/sets.ts'

/** Pictures of a set that copies are made of, spread evenly. */
const COPIED = 60
const VIEWED = 24
/** Bits in which hashes of copies may differ, as in the program. */
const HASH_BITS = 4
/** Likeness from which two labels are in conflict, as in the program. */
const CONFLICT = 0.75
/** Share of the pairs of different pictures that may count as copies for the recall. */
const FALSE_PAIRS = 0.01

/** In percent: `recall` where 1 % of the pairs of different pictures count as copies, `found` at the program's limit for two labels. */
type Row = { set: string; copy: string; recall: number; found: number }

type Pool = import('../src/workers/inference/pool.ts').InferencePool
/** `of`: the row of the original. */
type Copied = { of: number; copy: string; hash: bigint; features: Float32Array }

export async function measureDuplicates(part: Part = 'test'): Promise<Row[]> {
  const sets = await listSets(part)
  const { InferencePool } = await import('../src/workers/inference/pool.ts')
  const pool = new InferencePool(EMBEDDED)
  const rows: Row[] = []
  for (const set of sets) {
    const pictures = await embedSet(set)
    rows.push(...measureSet(set.name, pictures, await makeCopies(set, pool)))
  }
  await pool.close()
  return rows
}

async function makeCopies(set: PictureSet, pool: Pool): Promise<Copied[]> {
  const files = set.classes.flat()
  const copies: Copied[] = []
  for (let i = 0; i < COPIED; i++) {
    const of = Math.floor((i * files.length) / COPIED)
    const png = await sharp(readFileSync(files[of]!)).flatten({ background: '#fff' }).png().toBuffer()
    const { width, height } = await sharp(png).metadata()
    for (const [copy, make] of Object.entries(COPIES)) {
      // The pool takes over what it is given, so each call gets a copy of its own.
      const bytes = await make(sharp(png), { width, height, index: i }).toBuffer()
      const { perceptualHash: hash } = await pool.ingest(new Uint8Array(bytes))
      const features = average(await pool.embed(new Uint8Array(bytes), ['plain', 'mirrored']))
      copies.push({ of, copy, hash, features })
    }
  }
  return copies
}

function measureSet(set: string, pictures: EmbeddedPicture[], copies: Copied[]): Row[] {
  const likeness = likenessOf(pictures, copies)
  const others = copies.flatMap(({ of }, c) => pictures.flatMap((_, i) => (i === of ? [] : [likeness(c, i)])))
  const limit = others.sort((a, b) => b - a)[Math.floor(FALSE_PAIRS * others.length)]!
  return Object.keys(COPIES).map((copy) => {
    const own = copies.flatMap((c, i) => (c.copy === copy ? [likeness(i, c.of)] : []))
    const percentFrom = (least: number): number => (100 * own.filter((v) => v >= least).length) / own.length
    return { set, copy, recall: percentFrom(limit), found: percentFrom(CONFLICT) }
  })
}

/** Likeness of a copy and a picture, by row: 1 if their hashes are close, else the cosine of their features. */
function likenessOf(pictures: EmbeddedPicture[], copies: Copied[]): (copy: number, picture: number) => number {
  const n = pictures.length
  const step = Math.max(1, Math.floor(n / VIEWED))
  const views = pictures.flatMap((p, row) => (row % step === 0 ? [{ row, views: p.views }] : []))
  const originals = pictures.map((p) => average(p.views.slice(0, 2)))
  const all = packRows([...originals, ...copies.map((c) => c.features)])
  const z = embedForSimilarity([{ features: all, views, prior: readPrior(EMBEDDED) }], new Workspace(all.rows, 1))
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
  const { data: cosines } = dotProducts(takeRows(z, range(n, all.rows)), takeRows(z, range(0, n)))
  const hashes = [...pictures.map((p) => p.hash), ...copies.map((c) => c.hash)]
  const close = new Set([...nearDuplicateHashes(hashes, HASH_BITS)].map(([a, b]) => `${a} ${b}`))
  return (copy, picture) => (close.has(`${picture} ${n + copy}`) ? 1 : cosines[copy * n + picture]!)
}

/** The section of RESULTS.md about copies. */
export function describeDuplicates(rows: Row[]): string {
  const sets = [...new Set(rows.map((r) => r.set))]
  const cell = (copy: string, set: string): string => {
    const { recall, found } = rows.find((r) => r.copy === copy && r.set === set)!
    return `${recall.toFixed(0)} / ${found.toFixed(0)}`
  }
  return `## Copies

Of ${COPIED} pictures of each set: percent of the copies that are found if 1 % of the pairs of different pictures count as copies too / at likeness ${CONFLICT}, from which on two
labels are in conflict.

${table(
  ['copy', ...sets],
  Object.keys(COPIES).map((copy) => [copy, ...sets.map((set) => cell(copy, set))]),
)}
`
}

if (import.meta.main)
  process.stdout.write(describeDuplicates(await measureDuplicates((process.argv[2] as Part) ?? 'test')))
