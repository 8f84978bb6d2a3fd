import { Cron } from 'croner'
import type { Settings } from './settings.ts'

/** Milliseconds by which the trainings of all datasets with the same schedule are spread. */
const SPREAD_MS = 30 * 60_000
/** Milliseconds between two places in the spread. */
const STEP_MS = 1_000
/** About 0.618 of the steps, and without a divisor in common with them: neighbouring ids come far apart. */
const STRIDE = 1_111

/** How much later than its schedule says a dataset is trained, in milliseconds: always the same, below half an hour. */
export const scheduleDelay = (dataset: number): number => ((dataset * STRIDE) % (SPREAD_MS / STEP_MS)) * STEP_MS

/** `cron`: as in `0 4 * * *`. `timeZone`: by default that of the machine. */
type Schedule = { cron: string; timeZone?: string | undefined }

/** An hour of every day, or cron for who wants it. */
export const scheduleOf = ({ trainAt, timeZone, schedule }: Settings): Schedule =>
  trainAt === undefined ? { cron: schedule, timeZone } : { cron: `0 ${trainAt} * * *`, timeZone: timeZone ?? 'UTC' }

/** When a dataset is trained next; undefined where that never comes. */
export function nextTraining({ cron, timeZone }: Schedule, dataset: number, now: Date): Date | undefined {
  const delay = scheduleDelay(dataset)
  // A moment of the schedule that has passed still counts if its delay has not.
  const at = new Cron(cron, timeZone === undefined ? {} : { timezone: timeZone }).nextRun(
    new Date(now.getTime() - delay),
  )
  return at ? new Date(at.getTime() + delay) : undefined
}
