import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { type Backbone, InputDescription } from '../models/backbones/registry.ts'
import { UserError } from './errors.ts'
import type { Services } from './services.ts'
import { addBackbone, listBackbones } from './store/backbones.ts'
import { addFeatures, picturesWithout, readCopy, viewKey } from './store/features.ts'
import { inOrder } from './workers/in-order.ts'
import type { View } from './workers/pool.ts'

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
  const features = await eyes(backbone).look(new Uint8Array(picture))
  if (features.length < 2 || !features.every(Number.isFinite))
    throw new UserError(
      'backbone.unusable',
      `Expected features from ${backbone.file}, received ${features.length} values of which some are no numbers`,
    )
}

/**
 * Computes what is missing of a dataset's features under a backbone, from the stored copies. Each picture is written
 * as soon as it is seen, so a run that was cut off goes on where it stopped. Yields views done of all that were missing.
 */
export async function* completeFeatures(
  { store, eyes }: Services,
  dataset: number,
  backbone: Backbone,
): AsyncGenerator<{ done: number; total: number }> {
  const missing: { picture: number; view: View }[] = []
  for (const view of ['plain', 'mirrored'] as const)
    for (const picture of await picturesWithout(store, dataset, viewKey(backbone.id, view)))
      missing.push({ picture, view })
  if (missing.length === 0) return
  const pool = eyes(backbone)
  const seen = inOrder(missing, pool.width, async ({ picture, view }) => {
    const copy = await readCopy(store, picture)
    if (copy) await addFeatures(store, picture, viewKey(backbone.id, view), await pool.look(copy, view))
  })
  let done = 0
  for await (const _ of seen) yield { done: ++done, total: missing.length }
}
