import { readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makePriorFile, PRIOR_VIEWS } from '../../../models/backbones/make-prior.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { toPng } from '../../charts/png.ts'
import { EMOJI } from '../../charts/text.ts'
import type { ServiceContext } from '../../context.ts'
import { UserError } from '../../errors.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { mapOrdered } from '../../workers/map-ordered.ts'
import { pickEvenly } from './features.ts'

/** Drawings whose views are compared; more change little. */
const DRAWINGS = 160
/** Their side in pixels: more than any listed backbone takes. */
const SIDE = 256

/**
 * Writes how the features of several views of one picture differ under a backbone, and their mean. The pictures are the drawings that
 * come with the program (Twemoji), so an added backbone needs no other data.
 */
export async function* makePrior(
  { inferencePool }: ServiceContext,
  backbone: Backbone,
  file: string,
): AsyncGenerator<Progress> {
  const pool = inferencePool(backbone)
  const drawings = pickEvenly(readdirSync(EMOJI).sort(), DRAWINGS)
  const embedded = mapOrdered(drawings, pool.inFlight, async (name) => {
    const svg = await readFile(join(EMOJI, name), 'utf8')
    return pool.embed(new Uint8Array(toPng(svg, SIDE)), PRIOR_VIEWS)
  })
  const viewsByPicture: Float32Array[][] = []
  for await (const views of embedded) {
    viewsByPicture.push(views)
    yield pictureProgress(viewsByPicture.length, drawings.length)
  }
  const prior = makePriorFile(viewsByPicture)
  if (!prior)
    throw new UserError('backbone.unusable', `Expected features that differ between views from ${backbone.file}`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, prior)
}
