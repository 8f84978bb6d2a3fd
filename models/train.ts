import { fitTemperature, softmax } from './calibration.ts'
import { Classifier } from './classifier.ts'
import { crossValidate, leaveLabelsOut, whitenRows } from './cross-validation.ts'
import { normalise } from './features.ts'
import { assignFolds, nearDuplicateGroups } from './folds.ts'
import { fitHead, type HeadName, headNames } from './heads/head.ts'
import { MeansHead } from './heads/means.ts'
import type { Matrix } from './kernels/kernels.ts'
import { type Measurement, measure } from './measure.ts'
import { fitUnknown, knownness } from './unknown.ts'

export type TrainingSet = {
  /** n feature vectors of one backbone, d values each. */
  features: Float32Array[]
  /** The same of the mirrored pictures: examples as well, but never what is measured on. Null: none. */
  mirrored: Float32Array[] | null
  /** Class of each, 0 to labels.length - 1; at least one of every class, at least two classes. */
  y: Uint32Array
  labels: string[]
  /** 64-bit perceptual hash of each picture. */
  hashes: bigint[]
  /** d x d (padded): how pictures of one thing differ under this backbone; null where it is not known. */
  prior: Matrix | null
}

export type TrainingOptions = {
  /** Heads to choose from by cross-validation; one alone is taken as it is. */
  heads?: HeadName[]
  seed?: number
  /** Called with the share done, 0 to 1. */
  onProgress?: (share: number) => void
}

const FOLDS = 5
const NEAR_DUPLICATE_BITS = 4
/** Temperatures where nothing can be measured (fewer than two pictures a label). */
const FIXED_TEMPERATURE: Record<HeadName, number> = { svm: 0.3, means: 0.1 }

/** Cross-validates with near duplicates in one fold, picks the head, calibrates on the out-of-fold scores, fits on everything. */
export function train(set: TrainingSet, { heads = headNames, seed = 1, onProgress = () => {} }: TrainingOptions = {}) {
  const { y, labels, hashes, prior } = set
  const classes = labels.length
  const x = normalise(set.features)
  const mirrored = set.mirrored && normalise(set.mirrored)
  const folds = assignFolds(y, nearDuplicateGroups(hashes, NEAR_DUPLICATE_BITS), FOLDS, seed)
  const problem = { x, mirrored, y, classes, prior, folds, foldCount: FOLDS, seed }
  const validated = crossValidate(problem, heads, (share) => onProgress(0.5 * share))
  const truth = Uint32Array.from(validated.measured, (i) => y[i]!)
  const enough = truth.length >= 2 * classes
  const candidates = heads.map((name) => {
    const scores = validated.scores[name]!
    const temperature = enough ? fitTemperature(scores, truth) : FIXED_TEMPERATURE[name]
    const measurement = measure(softmax(scores, temperature), truth)
    return { name, temperature, measurement }
  })
  const { name, temperature, measurement } = candidates.reduce((a, b) =>
    isBetter(b.measurement, a.measurement) ? b : a,
  )

  const strange = leaveLabelsOut(problem, (share) => onProgress(0.5 + 0.4 * share))
  const unknown = fitUnknown(validated.nearness, strange)
  const { whitening, z, classOf } = whitenRows(problem, [...y.keys()])
  const means = MeansHead.fit(z, classOf, classes)
  const head = name === 'means' ? means : fitHead(name, z, classOf, classes, seed)
  onProgress(1)
  const share = (values: number[], keep: (known: number) => boolean): number =>
    values.filter((v) => keep(knownness(unknown, v))).length / values.length
  const recognition: Measurement['recognition'] =
    validated.nearness.length > 0 && strange.length > 0
      ? { knownAccepted: share(validated.nearness, (k) => k >= 0.5), strangeRefused: share(strange, (k) => k < 0.5) }
      : null
  const classifier = new Classifier({ labels, whitening, name, head, means, temperature, unknown })
  return { classifier, head: name, measurement: { ...measurement, recognition } }
}

type Measured = ReturnType<typeof measure>

/** The more accurate of two heads; of equals, the better calibrated. The first one stays where nothing was measured. */
function isBetter(b: Measured, a: Measured): boolean {
  if (a.accuracy === null || b.accuracy === null) return false
  return b.accuracy > a.accuracy || (b.accuracy === a.accuracy && b.calibrationError! < a.calibrationError!)
}
