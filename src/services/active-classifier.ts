import type { Classifier } from '../../models/classifier.ts'
import { EARLIER_FORMAT, FORMAT } from '../../models/format.ts'
import type { ActiveClassifier, LoadedClassifier, ServiceContext } from '../context.ts'
import { readBackbones } from '../db/backbones.ts'
import type { Database } from '../db/connection.ts'
import { readActiveLabels } from '../db/version-labels.ts'
import { type ActiveVersion, readVersion } from '../db/versions.ts'
import { UserError } from '../errors.ts'

/** Classifiers held in memory, about 3 MB each. */
const MAX_CACHED = 32

/**
 * The classifier of the active version, from memory if it is there, with what its labels are called at this moment;
 * undefined where nothing was trained. Throws UserError version.*
 */
export async function loadActiveClassifier(
  { db, classifiers }: ServiceContext,
  dataset: number,
): Promise<ActiveClassifier | undefined> {
  const active = await readActiveLabels(db, dataset)
  if (!active) return undefined
  const { number: version, names } = active
  const cached = classifiers.get(dataset)
  // Many may ask at once: all wait for the one that is being loaded.
  const wanted = cached?.version === version ? cached : { version, ready: loadClassifier(db, dataset, version) }
  // The map is in order of use: its first entry is the one that nobody asked for longest.
  classifiers.delete(dataset)
  classifiers.set(dataset, wanted)
  dropOldest(classifiers)
  try {
    const loaded = await wanted.ready
    return loaded && { ...loaded, names }
  } catch (error) {
    if (classifiers.get(dataset) === wanted) classifiers.delete(dataset)
    throw error
  }
}

function dropOldest(classifiers: ServiceContext['classifiers']): void {
  const [oldest] = classifiers.keys()
  if (classifiers.size > MAX_CACHED && oldest !== undefined) classifiers.delete(oldest)
}

async function loadClassifier(db: Database, dataset: number, number: number): Promise<LoadedClassifier | undefined> {
  const version = await readVersion(db, dataset, number)
  if (!version) return undefined
  const backbones = await readBackbones(db, version.backbone)
  return { classifier: await parseClassifier(version), version: version.number, backbones, summary: version.summary }
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
