import { dotProducts } from '../../models/kernels/dot-products.ts'
import { average } from '../../models/numbers/features.ts'
import type { Matrix } from '../../models/numbers/matrix.ts'
import type { LoadedClassifier, ServiceContext } from '../context.ts'
import { featurePages } from '../db/features.ts'
import { readCopies } from '../db/pictures.ts'
import { readTrainingExamples } from '../db/training-examples.ts'
import { loadActiveClassifier } from './prediction.ts'

/** A filed picture that a picture is like. `similarity`: cosine in [-1, 1] of what the classifier looks at. */
type Neighbour = { example: number; label: string; file: string; similarity: number }
/** Why an answer is what it is. `runnerUp`: the label that was close; null: none was. */
export type Reasons = { runnerUp: { label: string; confidence: number } | null; nearest: Neighbour[] }

const SHOWN = 6
/** A label is close that is at least this much as likely as the first. */
const CLOSE = 0.25

/** Names the nearest filed pictures of a picture's features, and the runner-up. Undefined where nothing was trained. */
export async function openExplanation(app: ServiceContext, dataset: number) {
  const current = await loadActiveClassifier(app, dataset)
  if (!current) return undefined
  const filed = await readEmbedded(app, dataset, current)
  const { classifier } = current

  return (features: Float32Array): Reasons => {
    const { probabilities } = classifier.classify(features)
    const [first, second] = [...classifier.labels.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!)
    const isClose = probabilities[second!]! >= CLOSE * probabilities[first!]!
    const runnerUp = isClose ? { label: classifier.labels[second!]!, confidence: probabilities[second!]! } : null
    const asked = classifier.transform([features])
    const near = filed
      .flatMap(({ of, embedded }) => {
        const { data } = dotProducts(asked, embedded)
        return of.map((o, i): Neighbour => ({ ...o, similarity: data[i]! }))
      })
      .sort((a, b) => b.similarity - a.similarity)
    const nearest = near.slice(0, SHOWN)
    const other = near.find((n) => n.label === runnerUp?.label)
    // What it was nearly taken for has to be seen.
    if (other && !nearest.includes(other)) nearest[nearest.length - 1] = other
    return { runnerUp, nearest }
  }
}

async function readEmbedded({ db }: ServiceContext, dataset: number, { backbone, classifier }: LoadedClassifier) {
  const pages: { of: Omit<Neighbour, 'similarity'>[]; embedded: Matrix }[] = []
  for await (const rows of featurePages(db, backbone.id, await readTrainingExamples(db, dataset)))
    if (rows.length > 0)
      pages.push({
        of: rows.map(({ of: { example, label, file } }) => ({ example, label, file })),
        embedded: classifier.transform(rows.map(({ plain, mirrored }) => average([plain, mirrored]))),
      })
  return pages
}

/** The nearest pictures with their labels, to be looked at. */
export async function galleryOf({ db }: ServiceContext, dataset: number, { nearest }: Reasons) {
  const copies = await readCopies(
    db,
    dataset,
    nearest.map((n) => n.example),
  )
  return nearest.flatMap(({ example, label, similarity }) => {
    const copy = copies.get(example)
    return copy ? [{ copy, caption: label, note: `${Math.round(100 * Math.max(0, similarity))} %` }] : []
  })
}
