// Trains on pictures that one backbone or several have seen, as the program does.
import { readBackground, readPrior } from '../models/backbones/prior.ts'
import type { Backbone } from '../models/backbones/registry.ts'
import type { Classification } from '../models/classifier.ts'
import type { Caution } from '../models/evaluation/refusals.ts'
import { average, joinFeatures } from '../models/numbers/features.ts'
import type { Matrix } from '../models/numbers/matrix.ts'
import { packRows } from '../models/numbers/rows.ts'
import { type TrainingResult, trainClassifier } from '../models/train.ts'
import type { Embeddings } from '../models/training-set.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import type { PictureSet } from './sets/sets.ts'

/** Every so many pictures have random views. */
const STEP = 4
/** Pictures whose views are used for whitening, as in the program. */
const VIEWED = 24
/** Views of a picture that has no random ones. */
const PLAIN_VIEWS = 2

/** `also`: its views by each backbone after the first. */
export type PairedPicture = EmbeddedPicture & { also: Float32Array[][] }
type LabelledPicture = { picture: PairedPicture; y: number; isVouched?: true }
/** `queryViews`: of a picture that is asked about, 1 or 2. `robust`: whether what looks wrong is left out; the program's default unless given. */
type Options = { classes: number; backbones: Backbone[]; queryViews: number; robust?: boolean }
type Trained = TrainingResult & {
  ask(pictures: PairedPicture[]): Matrix
  classify(picture: PairedPicture, caution?: Caution): Classification
}

export async function embedByEach(set: PictureSet, backbones: Backbone[]): Promise<PairedPicture[]> {
  const seen: EmbeddedPicture[][] = []
  for (const backbone of backbones) seen.push(await embedSet(set, backbone, STEP))
  const [first, ...others] = seen
  return first!.map((picture, i) => ({ ...picture, also: others.map((some) => some[i]!.views) }))
}

/** The same pictures as only the backbone at an index saw them. */
export const seenBy = (pictures: PairedPicture[], backbone: number): PairedPicture[] =>
  pictures.map((p) => ({ ...p, views: viewsBy(p, backbone), also: [] }))

const viewsBy = ({ views, also }: PairedPicture, backbone: number): Float32Array[] =>
  backbone === 0 ? views : also[backbone - 1]!

export function trainOnPictures(
  examples: LabelledPicture[],
  { classes, backbones, queryViews, robust }: Options,
): Trained {
  const query = (picture: PairedPicture, backbone: number): Float32Array =>
    average(viewsBy(picture, backbone).slice(0, queryViews))
  const viewed = spread([...examples.keys()].filter((row) => examples[row]!.picture.views.length > PLAIN_VIEWS))
  const [first, ...also] = backbones.map((backbone, b): Embeddings => {
    const viewsOf = (row: number): Float32Array[] => viewsBy(examples[row]!.picture, b)
    return {
      features: packRows(examples.map((_, row) => average(viewsOf(row).slice(0, PLAIN_VIEWS)))),
      queryFeatures: packRows(examples.map(({ picture }) => query(picture, b))),
      views: viewed.map((row) => ({ row, views: viewsOf(row) })),
      prior: readPrior(backbone),
      background: readBackground(backbone),
    }
  })
  const set = {
    ...first!,
    also,
    y: Uint32Array.from(examples, (e) => e.y),
    labels: Array.from({ length: classes }, (_, c) => `${c}`),
    hashes: examples.map((e) => e.picture.hash),
    vouched: Uint8Array.from(examples, (e) => Number(e.isVouched ?? false)),
  }
  const result = trainClassifier(set, { heads: ['linear'], ...(robust !== undefined && { robust }) })
  const { classifier } = result
  const join = (picture: PairedPicture): Float32Array => joinFeatures(result.backbones.map((b) => query(picture, b)))
  return {
    ...result,
    ask: (pictures) => classifier.predictProba(pictures.map(join)),
    classify: (picture, caution) => classifier.classify(join(picture), caution),
  }
}

/** As many as the program uses, spread evenly. */
const spread = (rows: number[]): number[] => {
  const count = Math.min(VIEWED, rows.length)
  return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!)
}
