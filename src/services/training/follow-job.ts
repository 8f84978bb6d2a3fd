import type { ServiceContext, TrainingOutcome, TrainingRequest, TrainingStatus } from '../../context.ts'
import { type TrainingJobs, wereTried } from '../../db/postgres/training-jobs.ts'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { readProgress } from '../training-status.ts'
import { joinJob } from './add-job.ts'
import { readOutput } from './job-data.ts'
import { whileAway } from './while-away.ts'

/** Between looks at the job: what other processes tell is a hint. */
const LOOK_MS = 1_000
/** The same once it is said to end: what it came to is written a moment later. */
const LOOK_AT_END_MS = 100
/** Of so many looks at a job that waits, the second asks whether anybody trains at all. */
const LOOKS_AT_TRAINERS = 5

/** `help`: called where nobody trains. */
type Options = { jobs: TrainingJobs; help(): void }

/**
 * Has a training done by whichever training process comes first, and follows it, over deaths of that process. Whoever
 * stops to follow leaves it running. Throws what the training throws, and UserError dataset.gone, busy.stopping, train.given-up
 */
export async function* followJob(
  app: ServiceContext,
  dataset: number,
  { jobs, help, ...request }: TrainingRequest & Options,
): AsyncGenerator<Progress, TrainingOutcome> {
  const hints = listenTo(app, dataset)
  const join = () => whileAway(() => joinJob(app, jobs, dataset, { request, isAutomatic: false }))
  try {
    let id = await join()
    let shown = ''
    for (let looks = 1; ; looks++) {
      if (hints.isClosing) throw stopping()
      const job = await whileAway(() => jobs.read(id))
      if (job?.state === 'done') return readOutput(job.output)
      if (job?.state === 'given-up' && wereTried(job)) throw givenUp()
      // It gave way to another one, or ended while the database was away for long.
      if (!job || job.state === 'given-up') id = await join()
      const asksWho = job?.state === 'waiting' && looks % LOOKS_AT_TRAINERS === 2
      if (asksWho && !(await whileAway(() => jobs.areTaken()))) help()
      const progress = job?.state === 'running' ? (hints.take() ?? (await readProgress(app, dataset))) : undefined
      if (progress && JSON.stringify(progress) !== shown) {
        shown = JSON.stringify(progress)
        yield progress
      }
      await hints.wait(hints.isEnding && job?.state === 'running' ? LOOK_AT_END_MS : LOOK_MS)
    }
  } finally {
    hints.close()
  }
}

const stopping = (): UserError =>
  new UserError('busy.stopping', 'Expected to follow the training to its end, but this process is being stopped')

const givenUp = (): UserError =>
  new UserError('train.given-up', 'Expected the training to end, but every process that began it died')

/** What is told of a dataset's training, here or by other processes. */
function listenTo({ events }: ServiceContext, dataset: number) {
  let progress: Progress | undefined
  let wake = (): void => {}
  const onStatus = (of: number, status: TrainingStatus): void => {
    if (of !== dataset) return
    hints.isEnding = status.state !== 'running'
    if (status.state === 'running') progress = status.progress
    wake()
  }
  const onClosing = (): void => {
    hints.isClosing = true
    wake()
  }
  events.on('trainingStatus', onStatus).on('closing', onClosing)
  const hints = {
    isClosing: false,
    isEnding: false,
    take(): Progress | undefined {
      const taken = progress
      progress = undefined
      return taken
    },
    /** Resolves with the next hint, or after so long. */
    async wait(ms: number): Promise<void> {
      if (hints.isClosing) return
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      const timer = setTimeout(resolve, ms)
      await promise
      clearTimeout(timer)
    },
    close(): void {
      events.off('trainingStatus', onStatus).off('closing', onClosing)
    },
  }
  return hints
}
