import { Cron } from 'croner'
import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { ServiceContext } from '../context.ts'
import { allDatasets, readServerOf } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import { runToEnd } from '../workers/shared-task.ts'
import { readSettings } from './settings.ts'
import { trainVersion } from './training/train-version.ts'

/** Milliseconds without another change after which a training starts: people add pictures one message after the other. */
const QUIET_MS = 4_000
/** Seconds for comparing one head: it trains often, and nobody waits for a search. */
const BUDGET = 1
/** Who trains, in the audit log. */
const BY = 'mekiki'

/** Told of what it did, and of what failed. */
type Report = (event: object) => void

/**
 * Trains datasets after their examples changed, as the settings of each server say. That a training is due is stored,
 * so a restart does not forget it.
 */
export function startAutoRetrain(app: ServiceContext, report: Report): { stop(): Promise<void> } {
  const retrainer = new AutoRetrainer(app, report)
  retrainer.start()
  return retrainer
}

class AutoRetrainer {
  private readonly app: ServiceContext
  private readonly report: Report
  /** By dataset: changed examples that no training has read. */
  private readonly pending = new Map<number, number>()
  /** By dataset: how many of those the running training has read. */
  private readonly beingTrained = new Map<number, number>()
  private readonly timers = new Map<number, { stop(): void }>()
  private readonly work = new Set<Promise<void>>()
  private isStopped = false

  constructor(app: ServiceContext, report: Report) {
    this.app = app
    this.report = report
  }

  start(): void {
    this.app.events
      .on('examplesChanged', this.onExamplesChanged)
      .on('settingsChanged', this.onSettingsChanged)
      .on('trainingStarted', this.onTrainingStarted)
      .on('trainingFinished', this.onTrainingFinished)
    this.track(this.resume())
  }

  /** Starts nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.isStopped = true
    this.app.events
      .off('examplesChanged', this.onExamplesChanged)
      .off('settingsChanged', this.onSettingsChanged)
      .off('trainingStarted', this.onTrainingStarted)
      .off('trainingFinished', this.onTrainingFinished)
    for (const timer of this.timers.values()) timer.stop()
    this.timers.clear()
    await Promise.all(this.work)
    this.pending.clear()
    this.beingTrained.clear()
  }

  private readonly onExamplesChanged = (dataset: number, examples: number): void =>
    this.track(this.addPending(dataset, examples))

  private readonly onSettingsChanged = (server: string): void => this.track(this.rescheduleServer(server))

  private readonly onTrainingStarted = (dataset: number): void => {
    this.beingTrained.set(dataset, this.pendingOf(dataset))
  }

  private readonly onTrainingFinished = (dataset: number): void => {
    const trained = this.beingTrained.get(dataset) ?? 0
    this.beingTrained.delete(dataset)
    this.track(this.addPending(dataset, -trained))
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

  private async rescheduleServer(server: string): Promise<void> {
    for (const dataset of this.pending.keys())
      if ((await readServerOf(this.app.db, dataset)) === server) await this.schedule(dataset)
  }

  /** Sets, or removes, the dataset's timer for its next training. */
  private async schedule(dataset: number): Promise<void> {
    const settings = await readSettings(this.app.db, await readServerOf(this.app.db, dataset))
    this.timers.get(dataset)?.stop()
    this.timers.delete(dataset)
    const pending = this.pendingOf(dataset)
    if (this.isStopped || pending === 0) return
    const { retraining, every } = settings
    const train = (): void => this.track(this.train(dataset))
    if (retraining === 'at-once' || (retraining === 'after' && pending >= every)) {
      const timer = setTimeout(train, QUIET_MS)
      this.timers.set(dataset, { stop: () => clearTimeout(timer) })
    } else if (retraining === 'schedule') this.timers.set(dataset, new Cron(settings.schedule, train))
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
