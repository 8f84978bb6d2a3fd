import { Cron } from 'croner'
import type { ServiceContext } from '../context.ts'
import { readChangeMark } from '../db/change-marks.ts'
import { allDatasets, findServerOf, listDatasets } from '../db/datasets.ts'
import { listChangedDatasets } from '../db/example-changes.ts'
import { readIssueSummary } from '../db/surveys.ts'
import { UserError } from '../errors.ts'
import { runToEnd } from '../workers/shared-task.ts'
import { countPending, forgetPending, keepPending } from './pending-changes.ts'
import { type Repeating, repeat } from './repeat.ts'
import { nextTraining, scheduleOf } from './retraining-schedule.ts'
import { readSettings } from './settings.ts'
import { AUTOMATIC, type Report, reportNotTrained, reportTrained } from './training/automatic.ts'
import { trainVersion } from './training/train-version.ts'

/** Milliseconds without another change after which a training starts: people add pictures one message after the other. */
const QUIET_MS = 4_000
/** Milliseconds between looks at what other processes changed. */
const LOOK_MS = 15_000
/** Milliseconds: without another change before a training starts; between looks at what other processes changed. */
type Pace = { quietMs: number; lookMs: number }

type Timer = { stop(): void }

/**
 * Trains datasets after their examples changed, as the settings of each server say. What is due is what changed since the
 * latest version read the examples, whoever changed them and whoever trained: this process, a terminal beside it, or one
 * while it did not run.
 */
export function startAutoRetrain(
  app: ServiceContext,
  report: Report,
  pace: Pace = { quietMs: QUIET_MS, lookMs: LOOK_MS },
): { stop(): Promise<void> } {
  const retrainer = new AutoRetrainer(app, report, pace)
  retrainer.start()
  return retrainer
}

class AutoRetrainer {
  private readonly app: ServiceContext
  private readonly report: Report
  private readonly pace: Pace
  /** By dataset: until nothing more changes. */
  private readonly quiet = new Map<number, Timer>()
  /** By dataset: until its schedule comes. */
  private readonly scheduled = new Map<number, Timer>()
  private looking: Repeating | undefined
  private readonly work = new Set<Promise<void>>()
  private isStopped = false

  constructor(app: ServiceContext, report: Report, pace: Pace) {
    this.app = app
    this.report = report
    this.pace = pace
  }

  start(): void {
    this.app.events
      .on('examplesChanged', this.checkSoon)
      .on('settingsChanged', this.onSettingsChanged)
      .on('trainingFinished', this.checkSoon)
      .on('datasetsDeleted', this.onDatasetsDeleted)
    this.track(this.lookForChanges())
  }

  /** Starts nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.isStopped = true
    this.app.events
      .off('examplesChanged', this.checkSoon)
      .off('settingsChanged', this.onSettingsChanged)
      .off('trainingFinished', this.checkSoon)
      .off('datasetsDeleted', this.onDatasetsDeleted)
    for (const timers of [this.quiet, this.scheduled]) for (const dataset of timers.keys()) clear(timers, dataset)
    await Promise.all([this.looking?.stop(), ...this.work])
  }

  private readonly onSettingsChanged = (server: string): void => this.track(this.checkServer(server))

  private readonly onDatasetsDeleted = (datasets: number[]): void => {
    for (const dataset of datasets) this.track(this.drop(dataset))
  }

  private async drop(dataset: number): Promise<void> {
    clear(this.quiet, dataset)
    clear(this.scheduled, dataset)
    await forgetPending(this.app, dataset)
  }

  private readonly onError = (error: unknown): void => this.report({ error, what: 'retraining' })

  /** Reports a failure, and lets `stop` wait. */
  private track(work: Promise<void>): void {
    const tracked = work.catch(this.onError).finally(() => this.work.delete(tracked))
    this.work.add(tracked)
  }

  /** First what changed while this process did not run, then what others change meanwhile. */
  private async lookForChanges(): Promise<void> {
    let after = await readChangeMark(this.app.db)
    for (const { id } of await allDatasets(this.app.db)) {
      if (this.isStopped) return
      if ((await countPending(this.app, id)).examples > 0) this.checkSoon(id)
    }
    const look = async (): Promise<void> => {
      const until = await readChangeMark(this.app.db)
      for (const dataset of await listChangedDatasets(this.app.db, { after, until })) this.checkSoon(dataset)
      after = until
    }
    if (!this.isStopped) this.looking = repeat(look, { everyMs: this.pace.lookMs, onError: this.onError })
  }

  private async checkServer(server: string): Promise<void> {
    for (const { id } of await listDatasets(this.app.db, server)) this.checkSoon(id)
  }

  private readonly checkSoon = (dataset: number): void => {
    if (this.isStopped) return
    clear(this.quiet, dataset)
    const timer = setTimeout(() => this.track(this.check(dataset)), this.pace.quietMs)
    this.quiet.set(dataset, { stop: () => clearTimeout(timer) })
  }

  /** Trains a dataset, or sets the timer for its next training, if anything is due. */
  private async check(dataset: number): Promise<void> {
    this.quiet.delete(dataset)
    // A training that runs may be reading what is due now.
    await this.app.trainings.get(dataset)?.ended
    const server = await findServerOf(this.app.db, dataset)
    if (server === undefined) return this.drop(dataset)
    const settings = await readSettings(this.app.db, server)
    const { retraining, every } = settings
    const { examples, version } = await countPending(this.app, dataset)
    clear(this.scheduled, dataset)
    if (this.isStopped) return
    if (examples === 0) {
      await forgetPending(this.app, dataset)
      return
    }
    await keepPending(this.app, dataset, { examples, version })
    if (retraining === 'at-once' || (retraining === 'after' && examples >= every)) await this.train(dataset)
    else if (retraining === 'schedule') this.trainAt(nextTraining(scheduleOf(settings), dataset, new Date()), dataset)
  }

  /** What could not be trained is tried again at the next moment of the schedule. */
  private trainAt(moment: Date | undefined, dataset: number): void {
    if (this.isStopped || !moment) return
    const train = async (): Promise<void> => {
      if ((await countPending(this.app, dataset)).examples > 0) await this.train(dataset)
      await this.check(dataset)
    }
    this.scheduled.set(dataset, new Cron(moment, () => this.track(train())))
  }

  private async train(dataset: number): Promise<void> {
    if (this.isStopped) return
    try {
      const before = (await readIssueSummary(this.app.db, dataset))?.flagged ?? 0
      const training = trainVersion(this.app, dataset, AUTOMATIC)
      const outcome = await runToEnd(training)
      await reportTrained(this.app, dataset, { outcome, before, report: this.report })
    } catch (error) {
      // Deleted while it was trained: nobody waits for it.
      if ((await findServerOf(this.app.db, dataset)) === undefined) return
      if (!(error instanceof UserError)) throw error
      await reportNotTrained(this.app, dataset, { error, report: this.report })
    }
  }
}

function clear(timers: Map<number, Timer>, dataset: number): void {
  timers.get(dataset)?.stop()
  timers.delete(dataset)
}
