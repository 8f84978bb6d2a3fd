import { Cron } from 'croner'
import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { ServiceContext } from '../context.ts'
import { allDatasets, readServerOf } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import { runToEnd } from '../workers/shared-task.ts'
import { readSettings } from './settings.ts'
import { trainVersion } from './training/train-version.ts'

/** Labels have stopped arriving for a moment, in milliseconds. */
const MOMENT = 4_000

/** The name in the log of what nobody asked for. */
/** Seconds for comparing a head: it learns often, and nobody asked it to search. */
const BUDGET = 1
const BY = 'mekiki'

type Tell = (event: object) => void

/**
 * Trains by itself, as each server's settings say. That something is due is kept in the database, so that a restart
 * forgets nothing. @returns what stops it
 */
export function startAutoRetrain(app: ServiceContext, tell: Tell): { stop(): Promise<void> } {
  /** By dataset: changed examples that no training has seen. */
  const due = new Map<number, number>()
  /** Of those, what the training that runs has seen. */
  const seen = new Map<number, number>()
  const timers = new Map<number, { stop(): void }>()
  const running = new Set<Promise<void>>()
  let stopped = false

  const listeners = {
    filed: (dataset: number, examples: number) => track(note(dataset, examples)),
    settings: (server: string) => track(replan(server)),
    learning: (dataset: number) => void seen.set(dataset, due.get(dataset) ?? 0),
    trained: (dataset: number) => track(note(dataset, -(seen.get(dataset) ?? 0))),
  }
  app.events.on('examplesChanged', listeners.filed).on('settingsChanged', listeners.settings)
  app.events.on('trainingStarted', listeners.learning).on('trainingFinished', listeners.trained)
  track(resume())

  function track(work: Promise<void>): void {
    const failed = (error: Error): void => tell({ error, what: 'retraining' })
    const ended = work.catch(failed).finally(() => running.delete(ended))
    running.add(ended)
  }

  async function note(dataset: number, examples: number): Promise<void> {
    const before = due.get(dataset) ?? 0
    due.set(dataset, before + examples)
    if (before === 0) await app.ttlStore.set(key(dataset), before + examples)
    if (due.get(dataset) === 0) await app.ttlStore.delete(key(dataset))
    await plan(dataset)
  }

  async function plan(dataset: number): Promise<void> {
    const { retraining, every, schedule } = await readSettings(app.db, await readServerOf(app.db, dataset))
    timers.get(dataset)?.stop()
    timers.delete(dataset)
    const examples = due.get(dataset) ?? 0
    if (stopped || examples === 0) return
    const go = (): void => track(train(dataset))
    if (retraining === 'at-once' || (retraining === 'after' && examples >= every)) {
      const timer = setTimeout(go, MOMENT)
      timers.set(dataset, { stop: () => clearTimeout(timer) })
    } else if (retraining === 'schedule') timers.set(dataset, new Cron(schedule, go))
  }

  async function train(dataset: number): Promise<void> {
    // One that runs began before what is due now was filed.
    await app.trainings.get(dataset)?.ended
    if (stopped || (due.get(dataset) ?? 0) === 0) return
    try {
      const training = trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: BUDGET, by: BY })
      const { version, accuracy, promoted, seconds } = await runToEnd(training)
      tell({ retrained: dataset, version, accuracy, promoted, seconds })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      tell({ notRetrained: dataset, code: error.code })
    }
  }

  async function resume(): Promise<void> {
    for (const { id } of await allDatasets(app.db)) {
      const examples = await app.ttlStore.get<number>(key(id))
      if (examples === undefined) continue
      due.set(id, (due.get(id) ?? 0) + examples)
      await plan(id)
    }
  }

  async function replan(server: string): Promise<void> {
    for (const dataset of due.keys()) if ((await readServerOf(app.db, dataset)) === server) await plan(dataset)
  }

  return {
    async stop() {
      stopped = true
      app.events.removeAllListeners()
      for (const timer of timers.values()) timer.stop()
      await Promise.all(running)
    },
  }
}

const key = (dataset: number): string => `due:${dataset}`
