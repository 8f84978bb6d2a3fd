// Makes the prior of the embedded backbone from folders of pictures of any kind; their labels do not matter.
// npm run make-prior -- DIR…    (the shipped one: see docs/learning.md)
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { normalise } from '../models/features.ts'
import { kernels } from '../models/kernels/kernels.ts'
import { packTriangle } from '../models/pack.ts'
import { seededRandom } from '../models/random.ts'
import { Pool } from '../src/workers/pool.ts'
import { randomView } from './views.ts'

const VIEWS = 6
/** Pictures taken from each folder, spread evenly over its files in order of name. */
const MOST = 500
const SIDE = 512

const pool = new Pool(EMBEDDED)
const random = seededRandom(7)
const rows: Float32Array[] = []
for (const folder of process.argv.slice(2)) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(png|jpe?g|webp)$/i.test(f))
  files.sort()
  const count = Math.min(MOST, files.length)
  for (let i = 0; i < count; i++) {
    const file = join(folder, files[Math.floor((i * files.length) / count)]!)
    const picture = await sharp(readFileSync(file)).resize(SIDE, SIDE, { fit: 'inside' }).png().toBuffer()
    const views = await Promise.all(Array.from({ length: VIEWS }, () => randomView(picture, random)))
    const seen = await Promise.all(views.map((v) => pool.look(new Uint8Array(v))))
    rows.push(...aroundMean(seen))
  }
  process.stderr.write(`${folder}: ${count} pictures\n`)
}
await pool.close()
const x = { data: new Float32Array(rows.length * rows[0]!.length), rows: rows.length, columns: rows[0]!.length }
rows.forEach((row, r) => {
  x.data.set(row, r * x.columns)
})
const covariance = kernels().secondMoment(x)
const largest = covariance.data.reduce((a, b) => Math.max(a, b), 0)
// Any scale serves: this one uses the range of half precision.
writeFileSync(EMBEDDED.prior!, packTriangle({ ...covariance, data: covariance.data.map((v) => (64 * v) / largest) }))

/** Normalised features less their mean. */
function aroundMean(views: Float32Array[]): Float32Array[] {
  const { data, columns } = normalise(views)
  return views.map((_, r) =>
    Float32Array.from({ length: columns }, (_, i) => {
      let mean = 0
      for (let v = 0; v < views.length; v++) mean += data[v * columns + i]! / views.length
      return data[r * columns + i]! - mean
    }),
  )
}
