import type { ServiceContext, TrainingOutcome, TrainingRequest } from '../../context.ts'
import type { TrainingJobs } from '../../db/postgres/training-jobs.ts'
import type { Progress } from '../../progress.ts'
import { followJob } from './follow-job.ts'
import { startTrainer, type Trainer } from './trainer.ts'

/** Has trainings done by training processes, and does them here as long as somebody asks and there is none. */
export class JobTrainer {
  private readonly app: ServiceContext
  private readonly jobs: TrainingJobs
  private helper: Trainer | undefined
  private asking = 0

  constructor(app: ServiceContext, jobs: TrainingJobs) {
    this.app = app
    this.jobs = jobs
  }

  async *train(dataset: number, request: TrainingRequest): AsyncGenerator<Progress, TrainingOutcome> {
    this.asking++
    try {
      return yield* followJob(this.app, dataset, { ...request, jobs: this.jobs, help: () => this.help() })
    } finally {
      if (--this.asking === 0) await this.endHelp()
    }
  }

  async close(): Promise<void> {
    await this.helper?.stop()
    await this.jobs.close()
  }

  private help(): void {
    // What goes wrong, whoever asked is told.
    const quiet = { onError: () => {}, report: () => {} }
    this.helper ??= startTrainer(this.app, { jobs: this.jobs.ofTrainer(), asks: false, ...quiet })
  }

  /** What others asked for goes on elsewhere, once somebody trains again. */
  private async endHelp(): Promise<void> {
    const { helper } = this
    this.helper = undefined
    await helper?.stop()
  }
}
