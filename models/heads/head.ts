import type { GraphBuilder } from '../backbones/graph.ts'
import type { Matrix } from '../kernels/kernels.ts'
import type { Rows } from '../numbers/rows.ts'
import type { SavedHead } from '../saved.ts'
import type { Unwhitened } from '../whitening/whitening.ts'
import { BoostingHead } from './boosting.ts'
import { ClassMeansHead } from './class-means.ts'
import { SvmHead } from './svm.ts'

/** What is trained on whitened features. */
export type Head = {
  /** n x classes, the higher the likelier; comparable within a row. */
  decisionScores(z: Matrix): Matrix
  /** The same as operations of an ONNX graph. @returns the name of the scores */
  toOnnx(graph: GraphBuilder, z: string): string
  toJSON(): SavedHead
}

/**
 * What a head is trained on: z, n x d; y, the class of each row, 0 to classes - 1, each at least once; weights, above 0, what each row counts.
 * The same seed gives the same head.
 */
export type FitInput = { z: Rows; y: Uint32Array; classes: number; weights: Float32Array; seed: number }

/** What is there already, and what is made when it is asked for: `unwhiten` writes rows that are only centred over the lesson's. */
type FitContext = { means: ClassMeansHead; unwhiten(): Unwhitened }

/** `seconds`: to train once on one core, by row and class, roughly. `weight`: what makes its scores log odds, about. */
type BaseHead = {
  seconds: number
  weight: number
  fit(lesson: FitInput, shared: FitContext): Head
  fromJSON(json: SavedHead): Head
}

/** Each of its own. A new one is a file beside this and a line here. */
export const BASE_HEADS = {
  means: { seconds: 0, weight: 10, fit: (_, { means }) => means, fromJSON: ClassMeansHead.fromJSON },
  svm: { seconds: 0, weight: 3, fit: (lesson) => SvmHead.fit(lesson), fromJSON: SvmHead.fromJSON },
  boosting: { seconds: 2.5e-4, weight: 1, fit: BoostingHead.fit, fromJSON: BoostingHead.fromJSON },
  // The last: it overwrites what the others learn from.
  plain: {
    seconds: 0,
    weight: 3,
    fit: (lesson, { unwhiten }) => SvmHead.fitUnwhitened(lesson, unwhiten()),
    fromJSON: SvmHead.fromJSON,
  },
} satisfies Record<string, BaseHead>
export type BaseHeadName = keyof typeof BASE_HEADS
export const BASE_HEAD_NAMES = Object.keys(BASE_HEADS) as BaseHeadName[]

/** @param json what `toJSON` of one of that name gave */
export function headFromJSON(name: BaseHeadName, json: SavedHead): Head {
  const kind: BaseHead = BASE_HEADS[name]
  return kind.fromJSON(json)
}

/**
 * What can be asked for, the simplest first: which answer together, and with what shares where little is known. Where nothing is known,
 * the first alone.
 */
const ENSEMBLES = {
  means: { means: 1 },
  svm: { svm: 1 },
  linear: { svm: 0.4, means: 0.5, plain: 0.1 },
  boosting: { boosting: 1 },
  blend: { svm: 0.3, means: 0.4, plain: 0.1, boosting: 0.2 },
} satisfies Record<string, Partial<Record<BaseHeadName, number>>>
export type HeadName = keyof typeof ENSEMBLES
export const HEAD_NAMES = Object.keys(ENSEMBLES) as HeadName[]
/** What is compared where nobody asks for one. */
export const DEFAULT_HEADS: HeadName[] = ['linear', 'boosting', 'blend']

export const membersOf = (name: HeadName): BaseHeadName[] => Object.keys(ENSEMBLES[name]) as BaseHeadName[]

/** What each of its members' scores count before anything is measured. */
export const initialWeights = (name: HeadName): number[] =>
  Object.entries(ENSEMBLES[name]).map(([member, share]) => share * BASE_HEADS[member as BaseHeadName].weight)

/** Each by name. The last that uses the lesson's rows. */
export function fitHeads(
  names: BaseHeadName[],
  lesson: FitInput,
  shared: FitContext,
): Partial<Record<BaseHeadName, Head>> {
  const inOrder = BASE_HEAD_NAMES.filter((name) => names.includes(name))
  return Object.fromEntries(inOrder.map((name) => [name, BASE_HEADS[name].fit(lesson, shared)]))
}

/** Those that can be trained `times` times within a budget of seconds; estimated, so that the same data always give the same. */
export const affordableHeads = (
  heads: HeadName[],
  size: { rows: number; classes: number },
  times: number,
  budget: number,
): HeadName[] => {
  const seconds = (name: HeadName): number =>
    membersOf(name).reduce((sum, single) => sum + BASE_HEADS[single].seconds, 0)
  return heads.filter((name) => seconds(name) * size.rows * size.classes * times <= budget)
}
