/**
 * Heads that are trained by themselves, in the order of training. `plain`, an SVM on features that are not whitened, comes last: it
 * overwrites the rows that the others are trained on. The names are in saved versions.
 */
export const BASE_HEAD_NAMES = ['means', 'svm', 'boosting', 'plain'] as const
export type BaseHeadName = (typeof BASE_HEAD_NAMES)[number]

/**
 * What can be asked for: `means`, the nearest class mean; `svm`, a linear SVM; `linear`, both and an SVM of features that are not
 * whitened; `boosting`, gradient boosted trees on top of the class means; `blend`, all of these.
 */
export type HeadName = 'means' | 'svm' | 'linear' | 'boosting' | 'blend'

/**
 * The base heads that answer together, and their shares (together 1) until enough is measured; the simplest ensemble first. Where
 * nothing can be measured, the first of them answers alone.
 */
export const ENSEMBLES: Record<HeadName, Partial<Record<BaseHeadName, number>>> = {
  means: { means: 1 },
  svm: { svm: 1 },
  linear: { svm: 0.4, means: 0.5, plain: 0.1 },
  boosting: { boosting: 1 },
  blend: { svm: 0.3, means: 0.4, plain: 0.1, boosting: 0.2 },
}
/** All of them, the simplest first. */
export const HEAD_NAMES = Object.keys(ENSEMBLES) as HeadName[]

/** Heads that are compared unless somebody asks for others, the simplest first. */
export const DEFAULT_HEADS: HeadName[] = ['linear', 'boosting', 'blend']

export const membersOf = (name: HeadName): BaseHeadName[] => Object.keys(ENSEMBLES[name]) as BaseHeadName[]

/** Every base head that any of these needs, each once. */
export const baseHeadsOf = (names: HeadName[]): BaseHeadName[] => [...new Set(names.flatMap(membersOf))]
