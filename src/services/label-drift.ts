import type { Backbone } from '../../models/backbones/registry.ts'
import { joinFeatures } from '../../models/numbers/features.ts'
import type { ActiveClassifier, ServiceContext } from '../context.ts'
import type { Database } from '../db/connection.ts'
import { featurePages } from '../db/features.ts'
import type { TrainingExample } from '../db/training-examples.ts'
import { UserError } from '../errors.ts'
import { loadActiveClassifier } from './active-classifier.ts'

/** Latest examples of a label that are looked at, at most. */
const LATEST = 30
/** Examples of a label below which nothing can be said about it. */
const MIN_EXAMPLES = 5
/** A label was well known if the active version recognized this share of its examples, out of fold. */
const WELL_KNOWN = 0.7
/** It has drifted if the active version takes more than this share of its latest examples for other labels. */
const DRIFTED = 0.5

/**
 * Labels that were well known and whose latest examples the active version takes for something else: somebody may have
 * added wrong pictures, or the label means something new. A manager should say which.
 */
export async function findDriftedLabels(
  app: ServiceContext,
  dataset: number,
  { examples, backbones }: { examples: TrainingExample[]; backbones: Backbone[] },
): Promise<string[]> {
  // A version that this program can no longer read compares with nothing.
  const active = await loadActiveClassifier(app, dataset).catch(unlessUnreadable)
  if (!active?.backbones.every((used) => backbones.some(({ id }) => id === used.id))) return []
  const drifted: string[] = []
  for (const label of wellKnownLabels(active)) {
    const latest = examples.filter((e) => e.label === label && !e.vouched).slice(-LATEST)
    if (latest.length < MIN_EXAMPLES) continue
    const misses = await countMisses(app.db, active, { label, examples: latest })
    if (misses.count > DRIFTED * misses.of) drifted.push(label)
  }
  return drifted
}

/** By what they are called now: those that were merged share a name. */
function wellKnownLabels({ names, summary: { confusion } }: ActiveClassifier): Set<string> {
  const known = new Set<string>()
  for (const [c, name] of names.entries()) {
    const counts = confusion[c] ?? []
    const total = counts.reduce((a, b) => a + b, 0)
    if (name !== null && total >= MIN_EXAMPLES && (counts[c] ?? 0) >= WELL_KNOWN * total) known.add(name)
  }
  return known
}

/** Examples of a label that are taken for another one, of those that have features. */
async function countMisses(
  db: Database,
  { classifier, backbones, names }: ActiveClassifier,
  { label, examples }: { label: string; examples: TrainingExample[] },
): Promise<{ count: number; of: number }> {
  let count = 0
  let of = 0
  const ids = backbones.map(({ id }) => id)
  for await (const page of featurePages(db, ids, examples)) {
    if (page.length === 0) continue
    const { data, columns } = classifier.predictProba(page.map((e) => joinFeatures(e.views.map((v) => v.plain))))
    of += page.length
    for (const row of page.keys()) {
      const probabilities = data.subarray(row * columns, (row + 1) * columns)
      if (names[probabilities.indexOf(Math.max(...probabilities))] !== label) count++
    }
  }
  return { count, of }
}

function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof UserError && error.code.startsWith('version.'))) throw error
}
