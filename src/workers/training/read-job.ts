import { readBackground, readPrior } from '../../../models/backbones/prior.ts'
import type { TrainingOptions } from '../../../models/training/plan.ts'
import type { Embeddings, TrainingSet } from '../../../models/training-set.ts'
import type { JobExamples, TrainingJob } from './messages.ts'

/** The training set of a job, and how to train on it. */
export function readJob({ heads, budget, robust, ...examples }: TrainingJob): {
  set: TrainingSet
  options: TrainingOptions
} {
  return { set: withPriors(examples), options: { heads, budget, robust } }
}

/** The examples with the priors and backgrounds of their backbones. */
export function withPriors({ embeddings, ...labelled }: JobExamples): TrainingSet {
  const [first, ...also] = embeddings.map(
    ({ backbone, ...of }): Embeddings => ({
      ...of,
      prior: readPrior(backbone),
      background: readBackground(backbone),
    }),
  )
  if (!first) throw new Error('Expected examples as features of a backbone, received none')
  return { ...labelled, ...first, also }
}
