import { Cron } from 'croner'
import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { ServiceContext } from '../context.ts'
import { allDatasets, findServerOf } from '../db/datasets.ts'
import { readChangeMark, readChangesBetween } from '../db/example-changes.ts'
import { UserError } from '../errors.ts'
import { runToEnd } from '../workers/shared-task.ts'
import { nextTraining } from './retraining-schedule.ts'
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

/**
 * Trains datasets after their examples changed, as the settings of each server say. That a training is due is stored,
 * so a restart does not forget it. What a terminal changes meanwhile counts too.
 * @param lookMs milliseconds between looks at what other processes changed
 */
export function startAutoRetrain(app: ServiceContext, report: Report, lookMs = LOOK_MS): { stop(): Promise<void> } {
  const retrainer = new AutoRetrainer(app, report)
  retrainer.start(lookMs)
  return retrainer
}

class AutoRetrainer {
  private readonly app: ServiceContext
  private readonly report: Report
  /** By dataset: changed examples that no training has read. */
  private readonly pending = new Map<number, number>()
  /** By dataset: how many of those the running training has read. */
  private readonly beingTrained = new Map<number, number>()
  /** By dataset: changed examples that the audit log tells of, and that no training has read. */
  private readonly logged = new Map<number, number>()
  /** By dataset: up to which change the last training has read. */
  private readonly marks = new Map<number, number>()
  private looking: NodeJS.Timeout | undefined
  private readonly timers = new Map<number, { stop(): void }>()
  private readonly work = new Set<Promise<void>>()
  private isStopped = false

  constructor(app: ServiceContext, report: Report) {
    this.app = app
    this.report = report
  }

  start(lookMs: number): void {
    this.app.events
      .on('examplesChanged', this.onExamplesChanged)
      .on('settingsChanged', this.onSettingsChanged)
      .on('trainingStarted', this.onTrainingStarted)
      .on('trainingFinished', this.onTrainingFinished)
      .on('datasetsDeleted', this.onDatasetsDeleted)
    this.track(this.resume())
    this.track(this.lookForChanges(lookMs))
  }

  /** Starts nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.isStopped = true
    this.app.events
      .off('examplesChanged', this.onExamplesChanged)
      .off('settingsChanged', this.onSettingsChanged)
      .off('trainingStarted', this.onTrainingStarted)
      .off('trainingFinished', this.onTrainingFinished)
      .off('datasetsDeleted', this.onDatasetsDeleted)
    clearInterval(this.looking)
    for (const timer of this.timers.values()) timer.stop()
    this.timers.clear()
    await Promise.all(this.work)
    for (const map of [this.pending, this.beingTrained, this.logged, this.marks]) map.clear()
  }

  private readonly onExamplesChanged = (dataset: number, examples: number): void =>
    this.track(this.addPending(dataset, examples))

  private readonly onSettingsChanged = (server: string): void => this.track(this.rescheduleServer(server))

  private readonly onTrainingStarted = (dataset: number, mark: number): void => {
    this.beingTrained.set(dataset, this.pendingOf(dataset))
    this.logged.delete(dataset)
    this.marks.set(dataset, mark)
  }

  private readonly onTrainingFinished = (dataset: number): void => {
    const trained = this.beingTrained.get(dataset) ?? 0
    this.beingTrained.delete(dataset)
    this.track(this.addPending(dataset, -trained))
  }

  private readonly onDatasetsDeleted = (datasets: number[]): void => {
    for (const dataset of datasets) this.track(this.drop(dataset))
  }

  private async drop(dataset: number): Promise<void> {
    this.timers.get(dataset)?.stop()
    for (const map of [this.pending, this.beingTrained, this.logged, this.marks, this.timers]) map.delete(dataset)
    await this.app.ttlStore.delete(storeKey(dataset))
  }

  private pendingOf(dataset: number): number {
    return this.pending.get(dataset) ?? 0
  }

  /** Reports a failure, and lets `stop` wait. */
  private track(work: Promise<void>): void {
    const tracked = work
      .catch((error) => this.report({ error, what: 'retraining' }))
      .finally(() => this.work.delete(tracked))
    this.work.add(tracked)
  }

  private async addPending(dataset: number, examples: number): Promise<void> {
    const before = this.pendingOf(dataset)
    const pending = before + examples
    this.pending.set(dataset, pending)
    // After a restart it is enough to know that something is due: stored once, not for each picture.
    if (before === 0) await this.app.ttlStore.set(storeKey(dataset), pending)
    if (this.pendingOf(dataset) === 0) await this.app.ttlStore.delete(storeKey(dataset))
    await this.schedule(dataset)
  }

  /** What was due when the process ended. */
  private async resume(): Promise<void> {
    for (const { id } of await allDatasets(this.app.db)) {
      const stored = await this.app.ttlStore.get<number>(storeKey(id))
      if (stored === undefined) continue
      this.pending.set(id, this.pendingOf(id) + stored)
      await this.schedule(id)
    }
  }

  private async lookForChanges(lookMs: number): Promise<void> {
    let after = await readChangeMark(this.app.db)
    let until = after
    const look = async (): Promise<void> => {
      // Only what was there at the last look: what this process changes has been announced by now.
      for (const { dataset, last, examples } of await readChangesBetween(this.app.db, { after, until }))
        if (last > (this.marks.get(dataset) ?? 0)) await this.addLogged(dataset, examples)
      after = until
      until = await readChangeMark(this.app.db)
    }
    let isIdle = true
    const lookOnce = async (): Promise<void> => {
      if (!isIdle) return
      isIdle = false
      await look().finally(() => (isIdle = true))
    }
    if (!this.isStopped) this.looking = setInterval(() => this.track(lookOnce()), lookMs)
  }

  /** What this process changed is pending already: only what is more was changed by another. */
  private async addLogged(dataset: number, examples: number): Promise<void> {
    const logged = (this.logged.get(dataset) ?? 0) + examples
    this.logged.set(dataset, logged)
    const unknown = logged - this.pendingOf(dataset)
    if (unknown > 0) await this.addPending(dataset, unknown)
  }

  private async rescheduleServer(server: string): Promise<void> {
    for (const dataset of this.pending.keys())
      if ((await findServerOf(this.app.db, dataset)) === server) await this.schedule(dataset)
  }

  /** Sets, or removes, the dataset's timer for its next training. */
  private async schedule(dataset: number): Promise<void> {
    const server = await findServerOf(this.app.db, dataset)
    if (server === undefined) return this.drop(dataset)
    const settings = await readSettings(this.app.db, server)
    this.timers.get(dataset)?.stop()
    this.timers.delete(dataset)
    const pending = this.pendingOf(dataset)
    if (this.isStopped || pending === 0) return
    const { retraining, every } = settings
    const train = (): void => this.track(this.train(dataset))
    if (retraining === 'at-once' || (retraining === 'after' && pending >= every)) {
      const timer = setTimeout(train, QUIET_MS)
      this.timers.set(dataset, { stop: () => clearTimeout(timer) })
    } else if (retraining === 'schedule') {
      const at = nextTraining(settings.schedule, dataset, new Date())
      if (at) this.timers.set(dataset, new Cron(at, () => this.track(this.trainAndReschedule(dataset))))
    }
  }

  /** What could not be trained is tried again at the next moment of the schedule. */
  private async trainAndReschedule(dataset: number): Promise<void> {
    await this.train(dataset).finally(() => this.schedule(dataset))
  }

  private async train(dataset: number): Promise<void> {
    // A training that runs has not read what is pending now.
    await this.app.trainings.get(dataset)?.ended
    if (this.isStopped || this.pendingOf(dataset) === 0) return
    try {
      const training = trainVersion(this.app, dataset, { heads: DEFAULT_HEADS, budget: BUDGET, by: BY })
      const { version, accuracy, promoted, seconds } = await runToEnd(training)
      this.report({ retrained: dataset, version, accuracy, promoted, seconds })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      this.report({ notRetrained: dataset, code: error.code })
    }
  }
}

/** Keys of the store stay as they are: they are stored. */
const storeKey = (dataset: number): string => `due:${dataset}`
