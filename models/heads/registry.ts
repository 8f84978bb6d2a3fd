import type { SavedHead } from '../saved-format.ts'
import { BoostingHead } from './boosting.ts'
import { ClassMeansHead } from './class-means.ts'
import type { BaseHead, FitContext, FitInput, Head } from './head.ts'
import { BASE_HEAD_NAMES, type BaseHeadName, ENSEMBLES, type HeadName } from './names.ts'
import { SvmHead } from './svm.ts'

/** A new head is a file beside this, a name in `names.ts`, a schema in `saved-format.ts` and a line here. */
export const BASE_HEADS = {
  means: { seconds: 0, weight: 10, fit: (_, { means }) => means, fromJSON: ClassMeansHead.fromJSON },
  svm: { seconds: 0, weight: 3, fit: (input) => SvmHead.fit(input), fromJSON: SvmHead.fromJSON },
  boosting: { seconds: 2.5e-4, weight: 1, fit: BoostingHead.fit, fromJSON: BoostingHead.fromJSON },
  plain: {
    seconds: 0,
    weight: 3,
    fit: (input, { unwhiten }) => SvmHead.fitUnwhitened(input, unwhiten()),
    fromJSON: SvmHead.fromJSON,
  },
} satisfies Record<BaseHeadName, BaseHead>

/** @param json what `toJSON` of a head of that name gave */
export function headFromJSON(name: BaseHeadName, json: SavedHead): Head {
  const kind: BaseHead = BASE_HEADS[name]
  return kind.fromJSON(json)
}

/** Trains some heads, each by its name. The input's rows are not to be used afterwards. */
export function fitHeads(
  names: BaseHeadName[],
  input: FitInput,
  context: FitContext,
): Partial<Record<BaseHeadName, Head>> {
  const ordered = BASE_HEAD_NAMES.filter((name) => names.includes(name))
  return Object.fromEntries(ordered.map((name) => [name, BASE_HEADS[name].fit(input, context)]))
}

/** What the scores of each member of an ensemble count (`membersOf`) before anything is measured. */
export const initialWeights = (name: HeadName): number[] =>
  Object.entries(ENSEMBLES[name]).map(([member, share]) => share * BASE_HEADS[member as BaseHeadName].weight)
