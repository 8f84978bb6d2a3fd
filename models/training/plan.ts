import { FOLDS } from '../cross-validation/assign-folds.ts'
import { affordableHeads } from '../heads/affordable.ts'
import { type BaseHeadName, baseHeadsOf, DEFAULT_HEADS, type HeadName } from '../heads/names.ts'
import type { TrainingSet } from '../training-set.ts'
import { Workspace } from '../whitening/workspace.ts'

/** How to train; everything has a default. */
export type TrainingOptions = {
  /** Heads to choose from by cross-validation, the simplest first; one alone is taken as it is. `DEFAULT_HEADS` unless given. */
  heads?: HeadName[]
  /** Whether examples that clearly contradict their label are left out; they are unless this is false. */
  robust?: boolean
  /** Seconds that training each head may take in all, estimated: heads that take longer are not compared. No limit unless given. */
  budget?: number
  /** The same seed and data give the same classifier, to the bit; 1 unless given. */
  seed?: number
  /** Called with the share that is done, 0 to 1. */
  onProgress?: (share: number) => void
}

/** What one training does, and where. */
export type TrainingPlan = {
  set: TrainingSet
  /** Heads that are compared. */
  heads: HeadName[]
  /** Heads that were asked for and would take longer than the budget. */
  skipped: HeadName[]
  /** Every base head that those need. */
  baseHeads: BaseHeadName[]
  seed: number
  workspace: Workspace
}

export function planTraining(set: TrainingSet, options: TrainingOptions): TrainingPlan {
  const { y, labels } = set
  const wanted = options.heads ?? DEFAULT_HEADS
  const heads = headsWithinBudget(set, options)
  return {
    set,
    heads,
    // Of one label there is no choice to make, whatever the budget.
    skipped: labels.length === 1 ? [] : wanted.filter((name) => !heads.includes(name)),
    baseHeads: baseHeadsOf(heads),
    seed: options.seed ?? 1,
    workspace: new Workspace(y.length, labels.length),
  }
}

const ONE_LABEL: HeadName[] = ['means']

/** `also`: further backbones, for each of which every head is trained, too. */
type Size = Pick<TrainingSet, 'y' | 'labels'> & { also?: unknown[] }

/** Base heads that a training of this size trains. */
export const requiredBaseHeads = (size: Size, options: TrainingOptions): BaseHeadName[] =>
  baseHeadsOf(headsWithinBudget(size, options))

function headsWithinBudget(
  { y, labels, also = [] }: Size,
  { heads = DEFAULT_HEADS, budget = Infinity }: TrainingOptions,
) {
  // Of one label there is nothing to choose: only what is unknown is learned.
  if (labels.length === 1) return ONE_LABEL
  if (heads.length === 1) return heads
  // Once for each fold, and once on everything.
  const fits = (FOLDS + 1) * (1 + also.length)
  return affordableHeads(heads, { rows: y.length, classes: labels.length, fits, budget })
}
