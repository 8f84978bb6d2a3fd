import { z } from 'zod'
import type { GraphBuilder } from '../backbones/onnx.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { BlendHead } from './blend.ts'
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

/**
 * What a head is trained on: z, n x d; y, the class of each row, 0 to classes - 1, each at least once; weights, above 0, what each row counts.
 * The same seed gives the same head.
 */
export type Lesson = { z: Matrix; y: Uint32Array; classes: number; weights: Float32Array; seed: number }

/** `seconds`: to train once on one core, by row and class, roughly. */
type Kind = { seconds: number; fit(lesson: Lesson): Head; fromJSON(json: unknown): Head }

/** Heads of their own, the simplest first. A new one is a file beside this and a line here. */
const SINGLE = {
  means: { seconds: 0, fit: MeansHead.fit, fromJSON: MeansHead.fromJSON },
  svm: { seconds: 0, fit: SvmHead.fit, fromJSON: SvmHead.fromJSON },
  boosting: {
    seconds: 2.5e-4,
    fit: BoostingHead.fit,
    fromJSON: BoostingHead.fromJSON,
  },
} satisfies Record<string, Kind>
type SingleName = keyof typeof SINGLE

/** Averages of others, with the temperature of each where nothing was measured. */
const BLENDS = { blend: { svm: 0.3, boosting: 1 } } satisfies Record<string, Partial<Record<SingleName, number>>>

export type HeadName = SingleName | keyof typeof BLENDS
/** The simplest first. */
export const headNames = [...Object.keys(SINGLE), ...Object.keys(BLENDS)] as HeadName[]

const isBlend = (name: HeadName): name is keyof typeof BLENDS => name in BLENDS
const partsOf = (name: HeadName) =>
  Object.entries(isBlend(name) ? BLENDS[name] : { [name]: 1 }) as [SingleName, number][]

/** Each by name. What several of them share is trained once. */
export function fitHeads<N extends HeadName>(names: N[], lesson: Lesson): Record<N, Head> {
  const single = new Map<SingleName, Head>()
  for (const [part] of names.flatMap(partsOf)) if (!single.has(part)) single.set(part, SINGLE[part].fit(lesson))
  const made = names.map((name) => {
    const parts = partsOf(name).map(([part, temperature]) => ({ head: single.get(part)!, temperature }))
    return [name, isBlend(name) ? new BlendHead(parts) : parts[0]!.head]
  })
  return Object.fromEntries(made)
}

/** Those that can be trained `times` times within a budget of seconds; estimated, so that the same data always give the same. */
export const affordable = (
  heads: HeadName[],
  size: { rows: number; classes: number },
  times: number,
  budget: number,
): HeadName[] => {
  const seconds = (name: HeadName): number => partsOf(name).reduce((sum, [part]) => sum + SINGLE[part].seconds, 0)
  return heads.filter((name) => seconds(name) * size.rows * size.classes * times <= budget)
}

const Json = z.object({ name: z.enum(headNames as [HeadName, ...HeadName[]]), head: z.unknown() })

/** Throws a ZodError where the form is not one that this program writes. */
export function readHead(json: unknown): { name: HeadName; head: Head } {
  const { name, head } = Json.parse(json)
  const readers = partsOf(name).map(([part]) => SINGLE[part].fromJSON)
  return { name, head: isBlend(name) ? BlendHead.fromJSON(head, readers) : readers[0]!(head) }
}
