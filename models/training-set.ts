import type { Rows } from './numbers/rows.ts'
import type { Triangle } from './numbers/triangle.ts'
import type { PictureViews } from './whitening/covariance.ts'

/** n pictures as features of one backbone. */
export type Embeddings = {
  /** n vectors of d values that are trained on: best the mean of some views of each picture. */
  features: Rows
  /** The same pictures as they will be asked about: what accuracy is measured on. */
  queryFeatures: Rows
  /** Features of several views of some of the pictures: how pictures of one thing differ, whatever their labels. */
  views: PictureViews[]
  /** d x d (padded): how pictures of one thing differ under this backbone; null where it is not known. */
  prior: Triangle | null
  /** Mean of normalized features of pictures of any kind under this backbone, d values (padded); unknown unless given (`readBackground`). */
  background?: Float32Array | null
}

/** What a classifier is trained on: n pictures under two or more labels, or one where there is a background, as features of one or more backbones. */
export type TrainingSet = Embeddings & {
  /** The same pictures by further backbones, which answer together with the first one. */
  also?: Embeddings[]
  /** Class of each picture, 0 to labels.length - 1; at least one of every class. */
  y: Uint32Array
  labels: string[]
  /** 64-bit perceptual hash of each picture; empty: copies are found by features alone. */
  hashes: bigint[]
  /** 1 for each picture of which a person said that its label is right; of none unless given. */
  vouched?: Uint8Array
}

/** The pictures by each backbone, one or more. */
export const embeddingsOf = ({ also = [], ...first }: TrainingSet): Embeddings[] => [first, ...also]
