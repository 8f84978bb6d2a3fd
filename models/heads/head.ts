import { z } from 'zod'
import type { GraphBuilder } from '../backbones/onnx.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { BoostingHead } from './boosting.ts'
import { MeansHead } from './means.ts'
import { SvmHead } from './svm.ts'

/** What is trained on whitened features. */
export type Head = {
  /** n x classes, the higher the likelier; comparable within a row. */
  scores(z: Matrix): Matrix
  /** The same as operations of an ONNX graph. @returns the name of the scores */
  toOnnx(graph: GraphBuilder, z: string): string
  toJSON(): unknown
}

/** Trains on z, n x d, and y, the class of each row, 0 to classes - 1, each at least once. The same seed gives the same head. */
type Fit = (z: Matrix, y: Uint32Array, classes: number, seed: number) => Head

/**
 * Every head by name, the simplest first. A new one is a file beside this and a line here. `seconds`: to train once on one core, by
 * row and class, roughly.
 */
const HEADS = {
  means: { seconds: 0, fit: MeansHead.fit as Fit, fromJSON: MeansHead.fromJSON },
  svm: { seconds: 0, fit: SvmHead.fit as Fit, fromJSON: SvmHead.fromJSON },
  boosting: { seconds: 2.5e-4, fit: BoostingHead.fit as Fit, fromJSON: BoostingHead.fromJSON },
}
export type HeadName = keyof typeof HEADS
export const headNames = Object.keys(HEADS) as HeadName[]

export const fitHead = (name: HeadName, z: Matrix, y: Uint32Array, classes: number, seed: number): Head =>
  HEADS[name].fit(z, y, classes, seed)

/** Those that can be trained `times` times within a budget of seconds; estimated, so that the same data always give the same. */
export const affordable = (
  heads: HeadName[],
  size: { rows: number; classes: number },
  times: number,
  budget: number,
): HeadName[] => heads.filter((name) => HEADS[name].seconds * size.rows * size.classes * times <= budget)

const Json = z.object({ name: z.enum(headNames as [HeadName, ...HeadName[]]), head: z.unknown() })

/** Throws a ZodError where the form is not one that this program writes. */
export function readHead(json: unknown): { name: HeadName; head: Head } {
  const { name, head } = Json.parse(json)
  return { name, head: HEADS[name].fromJSON(head) }
}
