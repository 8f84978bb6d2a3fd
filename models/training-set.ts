import type { Rows } from './numbers/rows.ts'
import type { Triangle } from './numbers/triangle.ts'
import type { Views } from './whitening/within-class.ts'

export type TrainingSet = {
  /** n feature vectors of one backbone, d values each, as each picture is learned: best the mean of some views. */
  features: Rows
  /** The same pictures as they will be asked about: what accuracy is measured on. */
  queryFeatures: Rows
  /** Features of several views of some of the pictures: how pictures of one thing differ, whatever their labels. */
  views: Views[]
  /** Class of each, 0 to labels.length - 1; at least one of every class, at least two classes. */
  y: Uint32Array
  labels: string[]
  /** 64-bit perceptual hash of each picture. */
  hashes: bigint[]
  /** 1 for each picture of which a person said that it is under the right label; left out: of none. */
  vouched?: Uint8Array
  /** d x d (padded): how pictures of one thing differ under this backbone; null where it is not known. */
  prior: Triangle | null
}
