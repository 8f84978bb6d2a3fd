import { readBackground } from '../../../models/backbones/prior.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { Effort } from '../../../models/views.ts'
import type { ServiceContext } from '../../context.ts'
import { featurePages, readViews } from '../../db/features.ts'
import { readTrainingExamples, type TrainingExample } from '../../db/training-examples.ts'
import { UserError } from '../../errors.ts'
import type { JobExamples } from '../../workers/training/messages.ts'
import { VIEWED_PICTURES } from '../backbones/features.ts'
import { FeatureRows } from './feature-rows.ts'
import { requireTrainingMemory } from './memory.ts'

type ReadTrainingSet = {
  /** In the order of the rows. */
  examples: TrainingExample[]
  set: JobExamples
  /** By class. */
  labelIds: number[]
  /** Values of one feature vector of all backbones together. */
  dimensions: number
}

/**
 * Reads every example that a dataset is trained on, with its features under some backbones, a page at a time.
 * @param options `effort`: the views of a picture that is asked about: accuracy is measured on the same
 * Throws UserError train.too-few-labels, train.memory
 */
export async function readTrainingSet(
  { db }: ServiceContext,
  dataset: number,
  options: { backbones: Backbone[]; effort: Effort },
): Promise<ReadTrainingSet> {
  const { backbones, effort } = options
  const all = await readTrainingExamples(db, dataset)
  const limit = effort === 'careful' ? all.length : VIEWED_PICTURES
  const ids = backbones.map(({ id }) => id)
  const randomViews = await Promise.all(ids.map((backbone) => readViews(db, dataset, { backbone, limit })))
  const rows = backbones.map(() => new FeatureRows(all.length, effort))
  const examples: TrainingExample[] = []
  // Examples whose features are not complete were added after those were computed: the next training has them.
  for await (const page of featurePages(db, ids, all)) {
    if (examples.length === 0) requireTrainingMemory(all.length, countValues(page))
    for (const { of, views } of page) {
      views.forEach(({ plain, mirrored }, b) => {
        rows[b]?.add(plain, mirrored, splitViews(randomViews[b]?.get(of.picture), plain.length))
      })
      examples.push(of)
    }
  }
  const labels = [...new Set(examples.map((e) => e.label))].sort()
  requireLabels(labels.length, backbones)
  const set = {
    embeddings: backbones.flatMap((backbone, b) => (rows[b] ? [{ ...rows[b].take(), backbone }] : [])),
    y: classesOf(examples, labels),
    labels,
    hashes: examples.map((e) => e.hash),
    vouched: Uint8Array.from(examples, (e) => Number(e.vouched)),
  }
  const idOf = new Map(examples.map((e) => [e.label, e.labelId]))
  const labelIds = labels.flatMap((label) => idOf.get(label) ?? [])
  return { examples, set, labelIds, dimensions: rows.reduce((sum, r) => sum + r.dimensions, 0) }
}

/** The class of each example: the index of its label. */
function classesOf(examples: TrainingExample[], labels: string[]): Uint32Array {
  const classOf = new Map(labels.map((label, c) => [label, c]))
  return Uint32Array.from(examples, ({ label }) => {
    const c = classOf.get(label)
    if (c === undefined) throw new Error(`Expected a class for the label ${label}, found none`)
    return c
  })
}

/** Values of the features of one example, of all backbones together. */
const countValues = ([first]: { views: { plain: Float32Array }[] }[]): number =>
  first?.views.reduce((sum, { plain }) => sum + plain.length, 0) ?? 0

/** Vectors that are stored one after the other, as views of the same memory. */
function splitViews(stored: Float32Array | undefined, dimensions: number): Float32Array[] {
  if (!stored) return []
  const count = stored.length / dimensions
  return Array.from({ length: count }, (_, i) => stored.subarray(i * dimensions, (i + 1) * dimensions))
}

/** One label is told from pictures of any kind, which a backbone without a background knows nothing of. */
function requireLabels(found: number, backbones: Backbone[]): void {
  if (found > 1 || (found === 1 && backbones.every((backbone) => readBackground(backbone)))) return
  const expected =
    found === 0
      ? 'Expected at least one label with pictures, found none: add pictures'
      : 'Expected at least two labels with pictures, since this backbone cannot tell one from anything else, found 1: add another'
  throw new UserError('train.too-few-labels', `${expected} with \`label\` or \`import\``, { found })
}
