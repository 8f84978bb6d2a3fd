import type { ServiceContext } from '../context.ts'
import { findServerOf } from '../db/datasets.ts'
import { type DueDataset, forgetDue, planDue, takeDue, waitForChange } from '../db/due.ts'
import { type TrainingJobs, wereTried } from '../db/postgres/training-jobs.ts'
import { countPending, forgetPending, keepPending } from './pending-changes.ts'
import { nextTraining, scheduleOf } from './retraining-schedule.ts'
import { readSettings } from './settings.ts'
import { joinJob } from './training/add-job.ts'
import { AUTOMATIC } from './training/automatic.ts'

/** Datasets that a process looks at before it looks for more: it takes milliseconds each. */
const TAKEN_AT_ONCE = 20
/** A training that was asked for and of which nothing was heard is asked for again, before its job is deleted. */
const RETRY_MS = 240_000

/** Asks for the trainings that are due by now, as the settings of each server say; any number of processes may. */
export async function askForDue(app: ServiceContext, jobs: TrainingJobs, quietMs: number): Promise<void> {
  for (;;) {
    const due = await takeDue(app.db, { quietMs, limit: TAKEN_AT_ONCE })
    for (const one of due) await look(app, jobs, one)
    if (due.length < TAKEN_AT_ONCE) return
  }
}

async function look(app: ServiceContext, jobs: TrainingJobs, due: DueDataset): Promise<void> {
  const { dataset, isTime } = due
  const server = await findServerOf(app.db, dataset)
  const pending = await countPending(app, dataset)
  if (server === undefined || pending.examples === 0) {
    await forgetPending(app, dataset)
    await forgetDue(app.db, due)
    return
  }
  await keepPending(app, dataset, pending)
  const settings = await readSettings(app.db, server)
  const { retraining, every } = settings
  const isReached = retraining === 'at-once' || (retraining === 'after' && pending.examples >= every)
  const ask = (): Promise<string> => joinJob(app, jobs, dataset, { request: AUTOMATIC, isAutomatic: true })
  if (retraining === 'schedule') {
    if (isTime) await ask()
    await planDue(app.db, due, nextTraining(scheduleOf(settings), dataset, new Date()))
  } else if (isReached && !(isTime && (await wasGivenUp(jobs, dataset)))) {
    await ask()
    await planDue(app.db, due, new Date(Date.now() + RETRY_MS))
  } else await planDue(app.db, due, undefined)
}

/** Every process that began it died: it may be what kills them. */
const wasGivenUp = async (jobs: TrainingJobs, dataset: number): Promise<boolean> =>
  (await jobs.find(dataset)).some((job) => job.state === 'given-up' && wereTried(job))

/** One that failed is not tried again before something changes; where there is a schedule, at its next moment. */
export async function giveUpUntilChange({ db }: ServiceContext, dataset: number): Promise<void> {
  const server = await findServerOf(db, dataset)
  if (server === undefined) return
  const { retraining } = await readSettings(db, server)
  if (retraining !== 'schedule') await waitForChange(db, dataset)
}
