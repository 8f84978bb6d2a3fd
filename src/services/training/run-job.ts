import type { ServiceContext, TrainingOutcome } from '../../context.ts'
import { datasetGone, findServerOf, readServerOf } from '../../db/datasets.ts'
import { lookAgain } from '../../db/due.ts'
import { isConnectionLost } from '../../db/postgres/lost-connection.ts'
import { RENEW_S, type TakenJob, type TrainingJobs } from '../../db/postgres/training-jobs.ts'
import { readIssueSummary } from '../../db/surveys.ts'
import { forgetTraining, noteMark, noteTraining } from '../../db/trainings.ts'
import { errorCode, UserError } from '../../errors.ts'
import { runToEnd } from '../../workers/shared-task.ts'
import { Training } from '../../workers/training/training.ts'
import { giveUpUntilChange } from '../due-trainings.ts'
import { tellProgress } from '../training-status.ts'
import { type Report, reportNotTrained, reportTrained } from './automatic.ts'
import { outputOf, outputOfError, readJobData } from './job-data.ts'
import { trainAndStore } from './train-and-store.ts'
import { whileAway } from './while-away.ts'

/** Another process has begun the job again: what this one came to is nobody's. */
class TakenOver extends Error {}

/** `report`: told of trainings that nobody asked for. `onError`: of what nobody expected. */
export type Reports = { report: Report; onError(error: unknown): void }

type Ended = { outcome: TrainingOutcome } | { error: unknown }

/** Trains as a job says, as long as nobody else begins it again, and ends it. Resolves when nothing of it goes on here. */
export async function runJob(
  app: ServiceContext,
  job: TakenJob,
  { jobs, reports }: { jobs: TrainingJobs; reports: Reports },
): Promise<void> {
  const { dataset } = job
  const before = (await readIssueSummary(app.db, dataset))?.flagged ?? 0
  const training = startTraining(app, job, jobs)
  const renewing = setInterval(() => {
    jobs.renew(job).then(
      (isHeld) => {
        if (!isHeld) void training.stop()
      },
      // Away for a moment, it may still be ours afterwards.
      () => {},
    )
  }, 1000 * RENEW_S)
  try {
    const ended = await runToEnd(training.follow()).then(
      (outcome): Ended => ({ outcome }),
      (error: unknown): Ended => ({ error }),
    )
    // One that was deleted meanwhile is trained no more, whatever the training stumbled over.
    if ('error' in ended && (await isGone(app, dataset)))
      await whileAway(() => jobs.finish(job, outputOfError(datasetGone(dataset))))
    else if ('error' in ended && goesOnElsewhere(ended.error)) await whileAway(() => jobs.giveBack(job))
    else await end(app, job, { jobs, reports, ended, before })
  } finally {
    clearInterval(renewing)
    await forgetTraining(app.db, job).catch(reports.onError)
    if (app.trainings.get(dataset) === training) app.trainings.delete(dataset)
  }
}

function startTraining(app: ServiceContext, job: TakenJob, jobs: TrainingJobs): Training<TrainingOutcome> {
  const { dataset } = job
  const hold = {
    async requireHeld(t: Parameters<TrainingJobs['isHeld']>[0]) {
      if (!(await jobs.isHeld(t, job))) throw new TakenOver()
    },
    persist: whileAway,
  }
  const onRead = async (mark: number): Promise<void> => {
    training.mark = mark
    await noteMark(app.db, job, mark)
  }
  async function* work() {
    const { request } = readJobData(job.data)
    await noteTraining(app.db, dataset, job)
    return yield* trainAndStore(app, dataset, { ...request, onRead, hold })
  }
  const training: Training<TrainingOutcome> = new Training({
    work: tellProgress(app, dataset, work(), { goesOn: goesOnElsewhere }),
    queue: app.trainingQueue,
    readGroup: () => readServerOf(app.db, dataset),
    previous: undefined,
  })
  app.trainings.set(dataset, training)
  return training
}

/** Stopped with its process, taken over, or without a database: not what is to be told. */
const goesOnElsewhere = (error: unknown): boolean =>
  error instanceof TakenOver || errorCode(error) === 'busy.stopping' || isConnectionLost(error)

const isGone = async ({ db }: ServiceContext, dataset: number): Promise<boolean> =>
  (await whileAway(() => findServerOf(db, dataset))) === undefined

/** `before`: suspects that the training before had found. */
type Ending = { jobs: TrainingJobs; reports: Reports; ended: Ended; before: number }

async function end(app: ServiceContext, job: TakenJob, { jobs, reports, ended, before }: Ending): Promise<void> {
  const { dataset } = job
  const { isAutomatic } = readJobData(job.data)
  const isTrained = 'outcome' in ended
  if (!isTrained && !(ended.error instanceof UserError)) reports.onError(ended.error)
  await whileAway(() => jobs.finish(job, isTrained ? outputOf(ended.outcome) : outputOfError(ended.error)))
  // Whoever asked: what this one has not seen is due.
  if (isTrained) await whileAway(() => lookAgain(app.db, dataset))
  if (!isAutomatic) return
  const { report } = reports
  if (isTrained) return reportTrained(app, dataset, { outcome: ended.outcome, before, report })
  await whileAway(() => giveUpUntilChange(app, dataset))
  if (ended.error instanceof UserError) await reportNotTrained(app, dataset, { error: ended.error, report })
}
