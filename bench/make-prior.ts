// Makes the prior of the embedded backbone from public drawings and photographs of every kind. Their labels do not matter.
//   npm run make-prior [-- DIR…]    without folders: the shipped prior, from Debian packages that no benchmark uses
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePriorFile, PRIOR_VIEWS } from '../models/backbones/make-prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
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
/** Pictures of each folder that are used, spread evenly over its files by name. */
const MOST = 500

const folders = process.argv.length > 2 ? process.argv.slice(2) : PACKAGES.map(debian)
const pool = new InferencePool(EMBEDDED)
const views: Float32Array[][] = []
for (const folder of folders) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(png|jpe?g|webp)$/i.test(f))
  files.sort()
  const count = Math.min(MOST, files.length)
  const chosen = Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]!)
  for (const file of chosen) views.push(...(await embedViews(join(folder, file))))
  process.stderr.write(`${folder}: ${count} pictures\n`)
}
await pool.close()
writeFileSync(EMBEDDED.prior!, makePriorFile(views)!)

/** The views of one picture, or none if the program would reject it. */
async function embedViews(file: string): Promise<Float32Array[][]> {
  try {
    return [await pool.embed(new Uint8Array(readFileSync(file)), PRIOR_VIEWS)]
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    process.stderr.write(`skipped ${file}: ${error.message}\n`)
    return []
  }
}
