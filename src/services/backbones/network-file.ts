import { constants, existsSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { CATALOGUE, type CatalogueEntry, INCEPTION } from '../../../models/backbones/catalogue.ts'
import type { InputDescription } from '../../../models/backbones/registry.ts'
import { download, hashOf } from '../../download.ts'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { convertedId, networkId, toBackboneName } from './backbone-id.ts'
import { convertFile } from './convert-file.ts'
import { convertInception } from './inception.ts'
import { NetworkDescription, readDescription } from './network-description.ts'

/**
 * A network on this machine that is no backbone yet, with the id that it will have. `onnx`: what the file was converted to, if it was.
 * `input`: what it takes. `output`: as in NetworkDescription. `cut`: whether it has to be cut still.
 */
export type NetworkFile = {
  id: string
  file: string
  onnx?: Uint8Array
  input: InputDescription
  output?: string | undefined
  cut: boolean
}
/** `input`: a JSON file that describes the network. `sha256`: the hash of what is downloaded. */
export type NetworkSource = { input?: string | undefined; sha256?: string | undefined }

/**
 * A network by a name of the catalogue, by URL, or by path; downloaded or converted if need be.
 * @param folder where downloads and conversions are kept
 * Throws UserError backbone.not-found, .hash-missing, .no-description, .download-failed, .hash-mismatch, .not-installed, .unusable
 */
export async function* fetchNetwork(
  folder: string,
  which: string,
  source: NetworkSource,
): AsyncGenerator<Progress, NetworkFile> {
  if (which === INCEPTION.name) return describeInception(folder)
  const listed = CATALOGUE.find((entry) => entry.name === which)
  if (listed) return describeListed(listed, yield* downloadNetwork(folder, listed, extensionOf(listed.url)))
  if (!/^https?:/.test(which)) return describeFile(await requireFile(which), source)
  if (source.sha256 === undefined)
    throw new UserError('backbone.hash-missing', 'Expected --sha256 with the hash of what is downloaded, received none')
  return yield* fetchAddress(folder, which, { ...source, sha256: source.sha256 })
}

async function* fetchAddress(
  folder: string,
  url: string,
  { sha256, input }: NetworkSource & { sha256: string },
): AsyncGenerator<Progress, NetworkFile> {
  const mirrored = input === undefined && CATALOGUE.find((entry) => entry.sha256 === sha256)
  if (mirrored)
    return describeListed(mirrored, yield* downloadNetwork(folder, { ...mirrored, url }, extensionOf(mirrored.url)))
  const extension = extensionOf(url)
  const name = toBackboneName(basename(new URL(url).pathname, extension))
  const beside = `${name}.json`
  // Before the download, which is of no use without.
  if (extension === ONNX) await readDescription(input ?? beside)
  return describeFile(yield* downloadNetwork(folder, { name, url, sha256 }, extension), { input }, beside)
}

const ONNX = '.onnx'

/** An address may have none. */
const extensionOf = (url: string): string => extname(new URL(url).pathname)

type Download = { name: string; url: string; sha256: string; bytes?: number }

/** @returns the path of the file */
async function* downloadNetwork(folder: string, wanted: Download, extension: string): AsyncGenerator<Progress, string> {
  const file = join(folder, `${wanted.name}${extension || ONNX}`)
  if (!existsSync(file) || (await hashOf(file)) !== wanted.sha256) yield* download(wanted, file)
  return file
}

/** A folder is its model.json, as TensorFlow.js and Teachable Machine write it. */
async function requireFile(path: string): Promise<string> {
  const given = resolve(path)
  const stats = await stat(given).catch(() => null)
  const file = stats?.isDirectory() ? join(given, 'model.json') : given
  const isReadable = await access(file, constants.R_OK).then(
    () => true,
    () => false,
  )
  if (isReadable) return file
  throw new UserError(
    'backbone.not-found',
    `Expected an id of \`backbone list\` or a file that can be read, received ${path}`,
  )
}

/** A file that the catalogue knows by its hash is that entry; any other has the name of the file and its own description. */
async function describeFile(
  file: string,
  { input }: NetworkSource,
  beside = descriptionBeside(file),
): Promise<NetworkFile> {
  if (FOREIGN.test(file))
    throw new UserError(
      'backbone.unusable',
      `Expected ONNX, TFLite or TensorFlow.js, received ${file}: export it as one of these`,
    )
  const sha256 = await hashOf(file)
  const listed = CATALOGUE.find((entry) => entry.sha256 === sha256)
  if (listed && input === undefined) return describeListed(listed, file)
  const name = listed?.name ?? toBackboneName(basename(file, extname(file)))
  const description = input ?? beside
  const converted = await convertFile(file, { description, isRequired: input !== undefined })
  if (converted) return { ...converted, id: convertedId(name, converted.settings, sha256), file, cut: false }
  return describeNetwork(name, { file, sha256, description: await readDescription(description) })
}

async function describeListed({ name, sha256, input }: CatalogueEntry, file: string): Promise<NetworkFile> {
  // Its name may have another end than .onnx.
  if (input)
    return { ...describeNetwork(name, { file, sha256, description: NetworkDescription.parse(input) }), cut: true }
  const converted = await convertFile(file)
  if (converted) return { ...converted, id: convertedId(name, {}, sha256), file, cut: false }
  throw new UserError('backbone.unusable', `Expected a file of TFLite at ${file}`)
}

/** Networks of other libraries, which nothing here reads. */
const FOREIGN = /\.(h5|hdf5|keras|pb|pt|pth|ckpt|safetensors|mlmodel|caffemodel)$/i

type Described = { file: string; sha256: string; description: NetworkDescription }

function describeNetwork(name: string, { file, sha256, description }: Described): NetworkFile {
  const { cut, output, ...input } = description
  const id = networkId(name, description, sha256)
  return { id, file, input, output, cut: cut && output === undefined && extname(file) === ONNX }
}

/** The file of a TensorFlow.js graph model is called model.json itself. */
function descriptionBeside(file: string): string {
  const extension = extname(file)
  const name = extension === '.json' ? 'input' : basename(file, extension)
  return join(dirname(file), `${name}.json`)
}

async function describeInception(folder: string): Promise<NetworkFile> {
  const { file, description } = await convertInception(folder)
  return describeNetwork(INCEPTION.name, { file, sha256: await hashOf(file), description })
}
