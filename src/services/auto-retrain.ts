import { Cron } from 'croner'
import { z } from 'zod'
import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { ServiceContext } from '../context.ts'
import { allDatasets, findServerOf, listDatasets } from '../db/datasets.ts'
import { countUnlearned, listChangedDatasets, readChangeMark } from '../db/example-changes.ts'
import { readIssueSummary } from '../db/surveys.ts'
import { UserError } from '../errors.ts'
import { runToEnd } from '../workers/shared-task.ts'
import { tellFailure, tellOutcome } from './news.ts'
import { nextTraining, scheduleOf } from './retraining-schedule.ts'
import { readSettings } from './settings.ts'
import { trainVersion } from './training/train-version.ts'

/** Milliseconds without another change after which a training starts: people add pictures one message after the other. */
const QUIET_MS = 4_000
/** Seconds for comparing one head: it trains often, and nobody waits for a search. */
const BUDGET = 1
/** Milliseconds between looks at what other processes changed. */
const LOOK_MS = 15_000
/** Who trains, in the audit log. */
const BY = 'mekiki'

/** Told of what it did, and of what failed. */
type Report = (event: object) => void

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
  private looking: NodeJS.Timeout | undefined
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
    clearInterval(this.looking)
    for (const timers of [this.quiet, this.scheduled]) for (const dataset of timers.keys()) clear(timers, dataset)
    await Promise.all(this.work)
  }

  private readonly onSettingsChanged = (server: string): void => this.track(this.checkServer(server))

  private readonly onDatasetsDeleted = (datasets: number[]): void => {
    for (const dataset of datasets) this.track(this.drop(dataset))
  }

  private async drop(dataset: number): Promise<void> {
    clear(this.quiet, dataset)
    clear(this.scheduled, dataset)
    await this.app.ttlStore.delete(storeKey(dataset))
  }

  /** Reports a failure, and lets `stop` wait. */
  private track(work: Promise<void>): void {
    const tracked = work
      .catch((error) => this.report({ error, what: 'retraining' }))
      .finally(() => this.work.delete(tracked))
    this.work.add(tracked)
  }

  /** First what changed while this process did not run, then what others change meanwhile. */
  private async lookForChanges(): Promise<void> {
    let after = await readChangeMark(this.app.db)
    for (const { id } of await allDatasets(this.app.db)) {
      if (this.isStopped) return
      if ((await this.countPending(id)).examples > 0) this.checkSoon(id)
    }
    const look = async (): Promise<void> => {
      const until = await readChangeMark(this.app.db)
      for (const dataset of await listChangedDatasets(this.app.db, { after, until })) this.checkSoon(dataset)
      after = until
    }
    let isIdle = true
    const lookOnce = async (): Promise<void> => {
      if (!isIdle) return
      isIdle = false
      await look().finally(() => (isIdle = true))
    }
    if (!this.isStopped) this.looking = setInterval(() => this.track(lookOnce()), this.pace.lookMs)
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
    const { examples, version } = await this.countPending(dataset)
    clear(this.scheduled, dataset)
    if (this.isStopped) return
    if (examples === 0) {
      await this.app.ttlStore.delete(storeKey(dataset))
      return
    }
    await this.app.ttlStore.set(storeKey(dataset), { examples, version })
    if (retraining === 'at-once' || (retraining === 'after' && examples >= every)) await this.train(dataset)
    else if (retraining === 'schedule') this.trainAt(nextTraining(scheduleOf(settings), dataset, new Date()), dataset)
  }

  /** What no version has learned. What the audit log no longer tells of was stored when it was noticed. */
  private async countPending(dataset: number): Promise<Pending> {
    const { examples, version } = await countUnlearned(this.app.db, dataset)
    const stored = Pending.safeParse(await this.app.ttlStore.get(storeKey(dataset))).data
    return { version, examples: stored?.version === version ? Math.max(examples, stored.examples) : examples }
  }

  /** What could not be trained is tried again at the next moment of the schedule. */
  private trainAt(moment: Date | undefined, dataset: number): void {
    if (this.isStopped || !moment) return
    const train = async (): Promise<void> => {
      if ((await this.countPending(dataset)).examples > 0) await this.train(dataset)
      await this.check(dataset)
    }
    this.scheduled.set(dataset, new Cron(moment, () => this.track(train())))
  }

  private async train(dataset: number): Promise<void> {
    if (this.isStopped) return
    try {
      const before = (await readIssueSummary(this.app.db, dataset))?.flagged ?? 0
      const training = trainVersion(this.app, dataset, { heads: DEFAULT_HEADS, budget: BUDGET, by: BY })
      const outcome = await runToEnd(training)
      const { version, accuracy, promoted, seconds } = outcome
      this.report({ retrained: dataset, version, accuracy, promoted, seconds })
      await tellOutcome(this.app, dataset, { outcome, before })
    } catch (error) {
      // Deleted while it was trained: nobody waits for it.
      if ((await findServerOf(this.app.db, dataset)) === undefined) return
      if (!(error instanceof UserError)) throw error
      this.report({ notRetrained: dataset, code: error.code })
      await tellFailure(this.app, dataset, error)
    }
  }
}

function clear(timers: Map<number, Timer>, dataset: number): void {
  timers.get(dataset)?.stop()
  timers.delete(dataset)
}

/** Changed examples that no version has learned, and the latest version at that time, 0: none. It is stored. */
const Pending = z.object({ examples: z.int(), version: z.int() })
type Pending = z.infer<typeof Pending>

/** Keys of the store stay as they are: they are stored. */
const storeKey = (dataset: number): string => `due:${dataset}`
