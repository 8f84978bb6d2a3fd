import { dotProducts } from '../kernels/dot-products.ts'
import { type Matrix, squaredNorm } from '../numbers/matrix.ts'
import { classMeans, type Rows, squaredNormOfRow } from '../numbers/rows.ts'

/** Variance within a label where each has one picture: of drawings and photographs, 0.2 to 0.5 of the mean square norm. */
const USUAL_WITHIN = 0.3
/** The classes differ at least this much, and the background from them by at least this share of it: nothing is divided by zero. */
const [LEAST_BETWEEN, LEAST_SHARE] = [0.01, 0.02]
/** The background counts at most about as much as this many labels. */
const MOST_LABELS = 8

/** What evidence is measured between: the mean of each class and, where it is known, the mean of pictures of any kind. */
export type OpenSetPoints = {
  /** (classes + 1) x d, the background last; classes x d without one. */
  points: Matrix
  /** Their dot products, points x points. */
  among: Matrix
  /** Sum of the weights of each class. */
  counts: Float64Array
  /** Variance of the rows around the mean of their class. */
  within: number
}

type Trained = { z: Rows; y: Uint32Array; classes: number; weights: Float32Array }

/** @param z n x d whitened features that were trained on @param background 1 x d: the mean of pictures of any kind, whitened alike */
export function openSetPoints({ z, y, classes, weights }: Trained, background: Matrix | null): OpenSetPoints {
  const { means, counts } = classMeans(z, y, classes, { weights })
  let [square, total] = [0, 0]
  for (let r = 0; r < z.rows; r++) {
    square += weights[r]! * squaredNormOfRow(z, r)
    total += weights[r]!
  }
  for (let c = 0; c < classes; c++) square -= counts[c]! * squaredNorm(means, c)
  const within = total > classes ? Math.max(0, square) / (total - classes) : USUAL_WITHIN
  const rows = classes + (background ? 1 : 0)
  const data = new Float32Array(rows * means.columns)
  data.set(means.data)
  if (background) data.set(background.data, classes * means.columns)
  const points = { data, rows, columns: means.columns }
  return { points, among: dotProducts(points, points), counts, within }
}

/**
 * What each point counts in the centre that cosines are measured from; together 1. Without a background it is the mean of everything that
 * was trained on. With one, it is the mean of the class means, shrunk towards the background (empirical Bayes, Efron and Morris 1973): as
 * much as the classes differ among themselves for how far they lie from it together. Labels of one narrow kind keep their own centre;
 * few labels of many kinds take that of everything, from which a stranger is no nearer to one of them than to the next. One label is seen
 * from the background.
 * @param without a class that is treated as if it had never been trained
 */
export function centreWeights({ points, among, counts, within }: OpenSetPoints, without = -1): Float64Array {
  const weights = new Float64Array(points.rows)
  const classes = [...counts.keys()].filter((c) => c !== without)
  const background = counts.length
  if (points.rows === background) {
    const total = classes.reduce((sum, c) => sum + counts[c]!, 0)
    for (const c of classes) weights[c] = counts[c]! / total
    return weights
  }
  const n = classes.length
  if (n === 1) {
    weights[background] = 1
    return weights
  }
  const product = (a: number, b: number): number => among.data[a * points.rows + b]!
  // Of the mean of the class means: its square norm, and its product with the background.
  let [square, cross, own, noise] = [0, 0, 0, 0]
  for (const c of classes) {
    for (const k of classes) square += product(c, k) / n / n
    cross += product(c, background) / n
    own += product(c, c)
    noise += within / counts[c]! / n
  }
  const between = Math.max((own - n * square) / (n - 1) - noise, LEAST_BETWEEN)
  const away = square - 2 * cross + product(background, background) - (between + noise) / n
  const ratio = Math.min(between / Math.max(away, LEAST_SHARE * between), MOST_LABELS)
  // Squared where it is small: shrinking labels of one kind by a little costs more than it brings (docs/learning.md).
  const share = (ratio * ratio) / (1 + ratio)
  for (const c of classes) weights[c] = 1 / (n + share)
  weights[background] = share / (n + share)
  return weights
}

/** Weighted sum of the points: d values. */
export function weighPoints({ data, rows, columns }: Matrix, weights: Float64Array): Float32Array {
  const sum = new Float32Array(columns)
  for (let p = 0; p < rows; p++) for (let i = 0; i < columns; i++) sum[i]! += weights[p]! * data[p * columns + i]!
  return sum
}
