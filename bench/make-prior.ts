// Makes the prior of a backbone from public pictures of every kind, drawings and photographs; their labels do not matter.
// npm run make-prior [-- DIR…]    without folders: the shipped one, from packages of Debian that no benchmark uses
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { packTriangle } from '../models/numbers/pack.ts'
import { LEARNED_VIEWS } from '../models/views.ts'
import { viewCovariance } from '../models/whitening/within-class.ts'
import { UserError } from '../src/errors.ts'
import { InferencePool } from '../src/workers/inference/pool.ts'
import { debian } from './sets/fetch.ts'

const PACKAGES = [
  'tuxpaint-stamps-default',
  'lomiri-wallpapers-20.04',
  'lomiri-wallpapers-16.04',
  'mate-backgrounds',
  'plasma-workspace-wallpapers',
]
/** Pictures taken from each folder, spread evenly over its files in order of name. */
const MOST = 500

const folders = process.argv.length > 2 ? process.argv.slice(2) : PACKAGES.map(debian)
const pool = new InferencePool(EMBEDDED)
const seen: Float32Array[][] = []
for (const folder of folders) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(png|jpe?g|webp)$/i.test(f))
  files.sort()
  const count = Math.min(MOST, files.length)
  const some = Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]!)
  for (const file of some) seen.push(...(await ingest(join(folder, file))))
  process.stderr.write(`${folder}: ${count} pictures\n`)
}
await pool.close()
const covariance = viewCovariance(seen)!
const largest = covariance.upper.reduce((a, b) => Math.max(a, b), 0)
// Any scale serves: this one uses the range of half precision.
writeFileSync(EMBEDDED.prior!, packTriangle({ ...covariance, upper: covariance.upper.map((v) => (64 * v) / largest) }))

/** The views of one picture; none of one that the program would refuse. */
async function ingest(file: string): Promise<Float32Array[][]> {
  try {
    return [await pool.embed(new Uint8Array(readFileSync(file)), LEARNED_VIEWS)]
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    process.stderr.write(`left out: ${file}: ${error.message}\n`)
    return []
  }
}
