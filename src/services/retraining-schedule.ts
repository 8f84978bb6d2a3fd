import { Cron } from 'croner'

/** Milliseconds by which the trainings of all datasets with the same schedule are spread. */
const SPREAD_MS = 30 * 60_000
/** Milliseconds between two places in the spread. */
const STEP_MS = 1_000
/** About 0.618 of the steps, and without a divisor in common with them: neighbouring ids come far apart. */
const STRIDE = 1_111

/** How much later than its schedule says a dataset is trained, in milliseconds: always the same, below half an hour. */
export const scheduleDelay = (dataset: number): number => ((dataset * STRIDE) % (SPREAD_MS / STEP_MS)) * STEP_MS

/** When a dataset is trained next. @param schedule cron. Undefined where it never comes */
export function nextTraining(schedule: string, dataset: number, now: Date): Date | undefined {
  const delay = scheduleDelay(dataset)
  // A moment of the schedule that has passed still counts if its delay has not.
  const at = new Cron(schedule).nextRun(new Date(now.getTime() - delay))
  return at ? new Date(at.getTime() + delay) : undefined
}
