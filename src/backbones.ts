import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { type Backbone, InputDescription } from '../models/backbones/registry.ts'
import { type Effort, LEARNED_VIEWS, type View } from '../models/views.ts'
import { UserError } from './errors.ts'
import type { Services } from './services.ts'
import { addBackbone, listBackbones } from './store/backbones.ts'
import type { Store } from './store/database.ts'
import { addFeatures, countFeatures, type Kept, picturesWithout, readCopy, viewKey } from './store/features.ts'
import { inOrder } from './workers/in-order.ts'

/** A backbone by its id, or by the file of a network, which is tried before it is remembered. Throws UserError backbone.* */
export async function findBackbone(app: Services, which: string, inputFile?: string): Promise<Backbone> {
  const known = (await listBackbones(app.store)).find((b) => b.id === which)
  if (known) return known
  const file = resolve(which)
  const { output, ...input } = await readDescription(
    inputFile ?? `${file.slice(0, -extname(file).length || undefined)}.json`,
  )
  const hash = createHash('sha256').update(JSON.stringify({ output, ...input }))
  try {
    for await (const part of createReadStream(file)) hash.update(part as Buffer)
  } catch {
    throw new UserError('backbone.not-found', `Expected an id of \`backbone list\` or a file, received ${which}`)
  }
  const id = `${basename(file, extname(file))}@${hash.digest('hex').slice(0, 12)}`
  const backbone = { id, file, input, ...(output !== undefined && { output }) }
  await tryOut(app, backbone)
  await addBackbone(app.store, backbone)
  return backbone
}

const Description = InputDescription.extend({ output: z.string().optional() })

async function readDescription(file: string) {
  try {
    return Description.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw new UserError(
      'backbone.no-description',
      `Expected what the network takes in ${file}, as in {"width":224,"height":224,"mean":[0.485,0.456,0.406],` +
        `"deviation":[0.229,0.224,0.225]}: ${error instanceof Error ? error.message : error}`,
      {},
      { cause: error },
    )
  }
}

/** A network that cannot run, or gives no features, is refused before any picture depends on it. */
async function tryOut({ eyes }: Services, backbone: Backbone): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  const [features] = (await eyes(backbone).look(new Uint8Array(picture), ['plain'])) as [Float32Array]
  if (features.length < 2 || !features.every(Number.isFinite))
    throw new UserError(
      'backbone.unusable',
      `Expected features from ${backbone.file}, received ${features.length} values of which some are no numbers`,
    )
}

/** Pictures whose random views say how pictures of one thing differ here; more add little (docs/learning.md). */
export const VIEWED_PICTURES = 24

const VIEWS_OF: Record<Kept, View[]> = { plain: ['plain'], mirrored: ['mirrored'], views: LEARNED_VIEWS }

/**
 * Computes what is missing of a dataset's features under a backbone, from the stored copies. Each picture is written
 * as soon as it is seen, so a run that was cut off goes on where it stopped. Yields pictures done of all that lacked something.
 */
export async function* completeFeatures(
  { store, eyes }: Services,
  dataset: number,
  backbone: Backbone,
  effort: Effort,
): AsyncGenerator<{ done: number; total: number }> {
  const missing = await missingFeatures(store, dataset, backbone.id, effort)
  if (missing.length === 0) return
  const pool = eyes(backbone)
  const seen = inOrder(missing, pool.width, async ({ picture, kept }) => {
    const copy = await readCopy(store, picture)
    if (!copy) return
    const views = await pool.look(copy, VIEWS_OF[kept])
    await addFeatures(store, picture, viewKey(backbone.id, kept), joined(views))
  })
  let done = 0
  for await (const _ of seen) yield { done: ++done, total: missing.length }
}

async function missingFeatures(store: Store, dataset: number, backbone: string, effort: Effort) {
  const without = (kept: Kept): Promise<number[]> => picturesWithout(store, dataset, viewKey(backbone, kept))
  const missing: { picture: number; kept: Kept }[] = []
  for (const kept of ['plain', 'mirrored'] as const)
    for (const picture of await without(kept)) missing.push({ picture, kept })
  const unviewed = await without('views')
  const viewed = await countFeatures(store, dataset, viewKey(backbone, 'views'))
  const wanted =
    effort === 'careful' ? unviewed.length : Math.min(unviewed.length, Math.max(0, VIEWED_PICTURES - viewed))
  // Spread evenly over the order of filing, so that they come from many labels.
  for (let i = 0; i < wanted; i++)
    missing.push({ picture: unviewed[Math.floor((i * unviewed.length) / wanted)]!, kept: 'views' })
  return missing
}

function joined(vectors: Float32Array[]): Float32Array {
  const d = vectors[0]!.length
  const all = new Float32Array(vectors.length * d)
  vectors.forEach((v, i) => {
    all.set(v, i * d)
  })
  return all
}
