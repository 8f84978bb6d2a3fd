import { DEFAULT_HEADS } from '../../../models/heads/names.ts'
import type { ServiceContext, TrainingOutcome, TrainingRequest } from '../../context.ts'
import type { UserError } from '../../errors.ts'
import { tellFailure, tellOutcome } from '../news.ts'

/** What is trained when nobody asks. Seconds for comparing one head: it trains often, and nobody waits for a search. */
export const AUTOMATIC: TrainingRequest = { heads: DEFAULT_HEADS, budget: 1, by: 'mekiki' }

/** Told of what was trained, and of what failed. */
export type Report = (event: object) => void

type Trained = { outcome: TrainingOutcome; before: number; report: Report }

/** @param trained `before`: suspects that the training before had found */
export async function reportTrained(app: ServiceContext, dataset: number, trained: Trained): Promise<void> {
  const { outcome, before, report } = trained
  const { version, accuracy, promoted, seconds } = outcome
  report({ retrained: dataset, version, accuracy, promoted, seconds })
  await tellOutcome(app, dataset, { outcome, before })
}

export async function reportNotTrained(
  app: ServiceContext,
  dataset: number,
  { error, report }: { error: UserError; report: Report },
): Promise<void> {
  report({ notRetrained: dataset, code: error.code })
  await tellFailure(app, dataset, error)
}
