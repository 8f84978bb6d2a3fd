import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { cutClassification } from '../../../models/backbones/cut.ts'
import { DOWNLOADS } from '../../../models/backbones/downloads.ts'
import { convertLayers } from '../../../models/backbones/keras.ts'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { encodeModel } from '../../../models/backbones/onnx.ts'
import { type Backbone, InputDescription } from '../../../models/backbones/registry.ts'
import type { ServiceContext } from '../../context.ts'
import { addBackbone, listBackbones } from '../../db/backbones.ts'
import { download, hashOf } from '../../download.ts'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { makePrior } from './prior.ts'

const Description = InputDescription.extend({
  output: z.string().optional(),
  /** Whether the classification at its end is cut off. */
  cut: z.boolean().default(true),
})
type Description = z.infer<typeof Description>
/** A network's file before it is a backbone. */
type Found = { name: string; file: string; description: Description }

/** Where a network comes from: a JSON file that says what it takes, and its hash where it is downloaded. */
type From = { input?: string | undefined; sha256?: string | undefined }

/** Networks that can be added by their name. */
export const ADDABLE = [...DOWNLOADS.map((d) => d.name), 'inception-v3-mixed7']

/**
 * A backbone by its id or name; or by an address or file, which is downloaded, cut, tried, given a prior, and remembered. Yields how far
 * it is. Whatever fails, nothing depends on it yet. Throws UserError backbone.*
 */
export async function* installBackbone(
  app: ServiceContext,
  which: string,
  from: From,
): AsyncGenerator<Progress, Backbone> {
  const known = (await listBackbones(app.db)).filter((b) => b.id === which || b.id.split('@')[0] === which).at(-1)
  if (known) return known
  const { name, file, description } = yield* obtain(app, which, from)
  const { cut, output, ...input } = description
  const hash = createHash('sha256').update(JSON.stringify({ output, cut, ...input }))
  const id = `${name}@${hash
    .update(await hashOf(file))
    .digest('hex')
    .slice(0, 12)}`
  const kept = await withoutClassification(app, id, file, description)
  const backbone: Backbone = { id, file: kept, input, ...(output !== undefined && { output }) }
  await tryOut(app, backbone)
  const prior = join(app.backboneFolder, `${id}.f16`)
  if (!existsSync(prior)) yield* makePrior(app, backbone, prior)
  const made = { ...backbone, prior }
  await addBackbone(app.db, made)
  return made
}

async function* obtain(app: ServiceContext, which: string, { input, sha256 }: From): AsyncGenerator<Progress, Found> {
  const listed = DOWNLOADS.find((d) => d.name === which)
  if (which === 'inception-v3-mixed7') return convertInception(app, which)
  if (!listed && !/^https?:/.test(which)) {
    const file = resolve(which)
    if (!existsSync(file))
      throw new UserError('backbone.not-found', `Expected an id of \`backbone list\` or a file, received ${which}`)
    // A graph model is called model.json itself.
    const beside =
      extname(file) === '.json'
        ? join(dirname(file), 'input.json')
        : `${file.slice(0, -extname(file).length || undefined)}.json`
    const description = await readDescription(input ?? beside)
    return { name: basename(file, extname(file)), file, description }
  }
  if (!listed && sha256 === undefined)
    throw new UserError('backbone.hash-missing', 'Expected --sha256 with the hash of what is downloaded, received none')
  const name = listed?.name ?? basename(new URL(which).pathname, '.onnx')
  const description = listed ? Description.parse(listed.input) : await readDescription(input ?? `${name}.json`)
  const file = join(app.backboneFolder, `${name}.onnx`)
  const wanted = listed ?? { url: which, sha256 }
  if (!existsSync(file) || (await hashOf(file)) !== wanted.sha256) yield* download(wanted, file)
  return { name, file, description }
}

/** Of the package nsfwjs, which comes with the development dependencies. */
async function convertInception({ backboneFolder }: ServiceContext, name: string): Promise<Found> {
  const size = 299
  const file = join(backboneFolder, `${name}.onnx`)
  const description = Description.parse({ width: size, height: size, type: 'uint8', layout: 'nhwc' })
  if (existsSync(file)) return { name, file, description }
  await mkdir(backboneFolder, { recursive: true })
  try {
    await writeFile(file, encodeModel(convertLayers(readNsfwjs('inception_v3', 6), 'mixed7', size, 768)))
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error
    throw new UserError('backbone.not-installed', `Expected the package nsfwjs for ${name}: npm install nsfwjs`)
  }
  return { name, file, description }
}

async function readDescription(file: string): Promise<Description> {
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

/** The file itself, or a copy without its classification. */
async function withoutClassification(
  { backboneFolder }: ServiceContext,
  id: string,
  file: string,
  { cut, output }: Description,
) {
  if (!cut || output !== undefined || extname(file) !== '.onnx') return file
  try {
    const rest = cutClassification(await readFile(file))
    if (!rest) return file
    const to = join(backboneFolder, `${id}.onnx`)
    await mkdir(dirname(to), { recursive: true })
    await writeFile(to, rest)
    return to
  } catch (error) {
    throw new UserError('backbone.unusable', `Expected an ONNX network at ${file}: ${error}`, {}, { cause: error })
  }
}

/** A network that cannot run, or gives no features, is refused before any picture depends on it. */
async function tryOut({ inferencePool }: ServiceContext, backbone: Backbone): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  const [features] = (await inferencePool(backbone).embed(new Uint8Array(picture), ['plain'])) as [Float32Array]
  if (features.length < 2)
    throw new UserError('backbone.unusable', `Expected features from ${backbone.file}, received ${features.length}`)
}
