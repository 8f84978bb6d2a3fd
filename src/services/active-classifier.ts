import { totalmem } from 'node:os'
import type { Classifier } from '../../models/classifier.ts'
import { EARLIER_FORMAT, FORMAT } from '../../models/format.ts'
import type { ActiveClassifier, LoadedClassifier, ServiceContext } from '../context.ts'
import { readBackbones } from '../db/backbones.ts'
import type { Database } from '../db/connection.ts'
import { readActiveLabels } from '../db/version-labels.ts'
import { type ActiveVersion, readVersion } from '../db/versions.ts'
import { UserError } from '../errors.ts'

/** Bytes in memory for each character of a classifier's JSON, measured: 2.65 for 30 labels to 2.96 for 3. */
const BYTES_PER_CHARACTER = 3
/** Of the memory that the process may have, an eighth: 700 MiB of one with 5.5 GiB hold 250 classifiers of some 3 MB. */
const SHARE = 1 / 8
/** A container may have less than its machine; where it has no limit, Node says 0, or more than there is. */
const MAX_BYTES = SHARE * Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)

/** `maxBytes`: of all that are held. */
type Limit = { maxBytes?: number }

/**
 * The classifier of the active version, from memory if it is there, with what its labels are called at this moment;
 * undefined where nothing was trained. Throws UserError version.*
 */
export async function loadActiveClassifier(
  { db, classifiers }: ServiceContext,
  dataset: number,
  { maxBytes = MAX_BYTES }: Limit = {},
): Promise<ActiveClassifier | undefined> {
  const active = await readActiveLabels(db, dataset)
  if (!active) return undefined
  const { number: version, names } = active
  const cached = classifiers.get(dataset)
  // Many may ask at once: all wait for the one that is being loaded.
  const wanted =
    cached?.version === version ? cached : { version, bytes: 0, ready: loadClassifier(db, dataset, version) }
  // The map is in order of use: its first entry is the one that nobody asked for longest.
  classifiers.delete(dataset)
  classifiers.set(dataset, wanted)
  try {
    const loaded = await wanted.ready
    wanted.bytes = loaded?.bytes ?? 0
    dropOldest(classifiers, maxBytes)
    return loaded && { ...loaded, names }
  } catch (error) {
    if (classifiers.get(dataset) === wanted) classifiers.delete(dataset)
    throw error
  }
}

/** The last one stays, however large it is: somebody waits for it. */
function dropOldest(classifiers: ServiceContext['classifiers'], maxBytes: number): void {
  let held = 0
  for (const { bytes } of classifiers.values()) held += bytes
  for (const [dataset, { bytes }] of classifiers) {
    if (held <= maxBytes || classifiers.size === 1) return
    classifiers.delete(dataset)
    held -= bytes
  }
}

async function loadClassifier(db: Database, dataset: number, number: number): Promise<LoadedClassifier | undefined> {
  const version = await readVersion(db, dataset, number)
  if (!version) return undefined
  const backbones = await readBackbones(db, version.backbone)
  const bytes = BYTES_PER_CHARACTER * version.classifier.length
  const classifier = await parseClassifier(version)
  return { classifier, version: version.number, backbones, summary: version.summary, bytes }
}

/** Loads the learning with the first classifier: most commands do without. */
async function parseClassifier({ number, classifier }: ActiveVersion): Promise<Classifier> {
  const { readClassifier } = await import('../../models/read-classifier.ts')
  try {
    const json: unknown = JSON.parse(classifier)
    requireFormat(number, json)
    return readClassifier(json)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      'version.unreadable',
      `Expected a whole version ${number}, found it damaged: run \`train\``,
      {},
      { cause: error },
    )
  }
}

function requireFormat(number: number, json: unknown): void {
  const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : undefined
  const expected = `Expected version ${number} in format ${FORMAT}, found ${format}`
  if (format === FORMAT || format === EARLIER_FORMAT) return
  if (typeof format === 'number' && format > FORMAT) throw new UserError('version.newer', `${expected}: update Mekiki`)
  throw new UserError('version.older', `${expected}: run \`train\``)
}
