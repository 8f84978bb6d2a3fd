import { readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { packTriangle } from '../../../models/numbers/pack.ts'
import { LEARNED_VIEWS } from '../../../models/views.ts'
import { viewCovariance } from '../../../models/whitening/within-class.ts'
import { toPng } from '../../charts/png.ts'
import { EMOJI } from '../../charts/text.ts'
import type { ServiceContext } from '../../context.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { mapOrdered } from '../../workers/map-ordered.ts'

/** Drawings whose views are looked at; more change little. */
const PICTURES = 160

/**
 * Writes how views of one picture differ under a backbone, from the drawings that come with the program (Twemoji): owners need nothing
 * else for a network of their own. Yields pictures done.
 */
export async function* makePrior(
  { inferencePool }: ServiceContext,
  backbone: Backbone,
  file: string,
): AsyncGenerator<Progress> {
  const pool = inferencePool(backbone)
  const names = readdirSync(EMOJI).sort()
  const some = Array.from({ length: PICTURES }, (_, i) => names[Math.floor((i * names.length) / PICTURES)]!)
  const looks = mapOrdered(some, pool.inFlight, async (name) =>
    pool.embed(new Uint8Array(toPng(await readFile(join(EMOJI, name), 'utf8'), 256)), LEARNED_VIEWS),
  )
  const seen: Float32Array[][] = []
  for await (const views of looks) {
    seen.push(views)
    yield pictureProgress(seen.length, PICTURES)
  }
  const covariance = viewCovariance(seen)!
  const largest = covariance.upper.reduce((a, b) => Math.max(a, b), 0)
  await mkdir(dirname(file), { recursive: true })
  // Any scale serves: this one uses the range of half precision.
  await writeFile(file, packTriangle({ ...covariance, upper: covariance.upper.map((v) => (64 * v) / (largest || 1)) }))
}
