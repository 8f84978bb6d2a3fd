import { existsSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kernels } from '../../models/kernels/kernels.ts'
import type { ServiceContext } from '../context.ts'
import { datasetBackbones } from '../db/datasets.ts'
import { checkDatabase } from '../db/integrity.ts'
import { listAlike } from '../db/labels.ts'
import { HEIC_PACKAGE, heicModule, loadHeicLibrary } from '../images/heic/library.ts'
import { loadActiveClassifier } from './active-classifier.ts'
import { factsOf } from './backbones/facts.ts'
import { suggestBackbone } from './backbones/suggest.ts'

/** `todo`: how to fix it, given for every check that is not ok. */
export type Check = { check: string; ok: boolean; found: string; todo?: string }

const MIB = 2 ** 20
/** Those that onnxruntime-node has libraries for. */
const PLATFORMS = 'Linux and Windows (x64, arm64) and macOS (arm64)'
/** Bytes that training needs at most for 10,000 examples. */
const MIN_MEMORY = 600 * MIB
/** Free bytes below which a dataset soon does not fit anymore. */
const MIN_DISK = 500 * MIB
/** The oldest Node that works. */
const MIN_NODE = { major: 22, minor: 19 }

/** Groups of labels that are named. */
const MAX_ALIKE = 10

/** Checks everything that the program stands on, one thing after the other. */
export async function* runChecks(app: ServiceContext, dataset: number, home: string): AsyncGenerator<Check> {
  yield checkRuntime()
  yield checkKernels()
  yield checkMemory()
  yield await attempt('write access', `let this user write to ${home}`, () => checkWriteAccess(home))
  yield await attempt('disk', 'free some room', () => checkDisk(home))
  yield await attempt('database', 'stop every process of it and restore a backup', () => checkDatabase(app.db))
  yield await attempt('inference library', `install Mekiki again: it runs on ${PLATFORMS}`, findInferenceLibrary)
  yield await attempt(
    'backbone',
    'install Mekiki again (in a clone: `npm run prepare`), or `backbone use` with the place where the file is now',
    () => embedPicture(app, dataset),
  )
  yield await attempt('heic', `install ${HEIC_PACKAGE} again (docs/configuration.md)`, findHeicDecoder)
  yield await attempt('pictures', 'see the log', () => describePictures(app, dataset))
  yield await attempt('labels', 'see the log', () => describeAlike(app))
  yield await attempt('active version', 'run `train`', () => readVersion(app, dataset))
}

export function checkRuntime(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > MIN_NODE.major || (major === MIN_NODE.major && minor >= MIN_NODE.minor)
  const found = `Node ${process.versions.node}, ${process.platform} ${process.arch}`
  return {
    check: 'runtime',
    ok,
    found,
    ...(!ok && { todo: 'update Node to 22.19 or newer (in a clone: run it through `npm run`)' }),
  }
}

function checkKernels(): Check {
  const { name } = kernels()
  const ok = name === 'simd'
  return {
    check: 'kernels',
    ok,
    found: name,
    ...(!ok && { todo: 'install Mekiki again (in a clone: `npm run prepare`): training is slow without' }),
  }
}

function checkMemory(): Check {
  const free = process.availableMemory()
  const ok = free >= MIN_MEMORY
  const found = `${Math.round(free / MIB)} MiB available`
  return {
    check: 'memory',
    ok,
    found,
    ...(!ok && { todo: `stop other programs: it takes up to ${MIN_MEMORY / MIB} MiB` }),
  }
}

async function checkWriteAccess(home: string): Promise<string> {
  const file = join(home, `.doctor-${process.pid}`)
  await writeFile(file, 'x')
  await rm(file)
  return home
}

async function checkDisk(home: string): Promise<string> {
  const { bavail, bsize } = await statfs(home)
  const found = `${Math.round((bavail * bsize) / MIB)} MiB free`
  if (bavail * bsize < MIN_DISK) throw new Error(found)
  return found
}

/** onnxruntime-node comes with native libraries for some platforms. */
async function findInferenceLibrary(): Promise<string> {
  const { platform, arch } = process
  const library = `../bin/napi-v6/${platform}/${arch}/onnxruntime_binding.node`
  if (!existsSync(new URL(library, import.meta.resolve('onnxruntime-node'))))
    throw new Error(`onnxruntime-node has no library for ${platform} ${arch}`)
  return `onnxruntime-node for ${platform} ${arch}`
}

/** What reads HEIC is nobody's duty to have. */
async function findHeicDecoder(): Promise<string> {
  const library = await loadHeicLibrary(heicModule())
  if (!library) return `cannot be read: \`npm install ${HEIC_PACKAGE}\` would change that (docs/configuration.md)`
  return `is read by libheif ${library.heif_get_version()}`
}

/** Sends a picture through decoding and the network. */
async function embedPicture({ db, inferencePool }: ServiceContext, dataset: number): Promise<string> {
  const backbones = await datasetBackbones(db, dataset)
  for (const { file } of backbones) if (!existsSync(file)) throw new Error(`no file at ${file}`)
  const { default: sharp } = await import('sharp')
  const picture = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#c40' } })
    .png()
    .toBuffer()
  const found: string[] = []
  for (const backbone of backbones) {
    const [features] = await inferencePool(backbone).embed(new Uint8Array(picture), ['plain'])
    found.push(`${backbone.id}, ${features?.length ?? 0} features${describeFacts(backbone.id)}`)
  }
  return found.join('; ')
}

function describeFacts(backbone: string): string {
  const facts = factsOf(backbone)
  if (!facts) return ''
  const { goodAt, licence, bytes, milliseconds } = facts
  const time = milliseconds === null ? '' : `, about ${milliseconds} ms a picture`
  return `: ${goodAt}, ${licence}, ${(bytes / MIB).toFixed(1)} MiB${time}`
}

/** Whether another backbone would probably know them better. */
async function describePictures(app: ServiceContext, dataset: number): Promise<string> {
  const suggested = await suggestBackbone(app, dataset)
  if (!suggested) return 'of a kind that the backbone knows, or too few to tell'
  const megabytes = Math.round(suggested.bytes / 1e6)
  return `these look like photographs: \`backbone use ${suggested.use}\` (${megabytes} MB) would probably help`
}

/** Labels of all datasets that were told apart by what counts as one since. */
async function describeAlike({ db }: ServiceContext): Promise<string> {
  const alike = await listAlike(db)
  if (alike.length === 0) return 'all are written differently'
  const shown = alike.slice(0, MAX_ALIKE).map(({ labels }) => labels.join(' = '))
  const more = alike.length > shown.length ? `, and ${alike.length - shown.length} more` : ''
  return `some are written alike, and \`labels merge\` joins them: ${shown.join(', ')}${more}`
}

async function readVersion(app: ServiceContext, dataset: number): Promise<string> {
  const active = await loadActiveClassifier(app, dataset)
  return active
    ? `version ${active.version}, ${active.summary.labels.length} ${active.summary.labels.length === 1 ? 'label' : 'labels'}`
    : 'none yet: nothing was trained'
}

async function attempt(check: string, todo: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { check, ok: true, found: await work() }
  } catch (error) {
    return { check, ok: false, found: error instanceof Error ? error.message : String(error), todo }
  }
}
