import { createHash } from 'node:crypto'
import type { Backbone } from '../../models/backbones/registry.ts'
import { advise } from '../../models/evaluation/advice.ts'
import type { HeadChoiceReason } from '../../models/evaluation/choose-head.ts'
import type { HeadName } from '../../models/heads/names.ts'
import { average } from '../../models/numbers/features.ts'
import { makeRows, type Rows, setRow } from '../../models/numbers/rows.ts'
import type { TrainingSet } from '../../models/training-set.ts'
import type { Effort } from '../../models/views.ts'
import type { ServiceContext } from '../context.ts'
import type { Database } from '../db/connection.ts'
import { datasetBackbone } from '../db/datasets.ts'
import { featurePages, readViews } from '../db/features.ts'
import type { IssueSurvey } from '../db/label-issues.ts'
import { readTrainingExamples, type TrainingExample } from '../db/training-examples.ts'
import { addVersion, readActiveSummary, type VersionSummary } from '../db/versions.ts'
import { UserError } from '../errors.ts'
import type { Progress } from '../progress.ts'
import { SharedTask } from '../workers/shared-task.ts'
import { runTrainingJob } from '../workers/training/coordinator.ts'
import { insufficientMemory } from '../workers/training/memory-errors.ts'
import { completeFeatures, VIEWED_PICTURES } from './backbones/features.ts'
import { findDriftedLabels } from './label-drift.ts'
import { describeIssues } from './label-issues.ts'

/** Of a label's share of right answers: what is worth telling. */
const LEAST_CHANGE = 0.05
/** Seconds for comparing a head, where nobody says. */
const BUDGET = 10

/**
 * `effort`: views of the pictures that will be asked about; undefined: as the version in use has it. `robust`: whether what clearly
 * contradicts its label is left out; undefined: it is.
 */
type Training = {
  heads: HeadName[]
  budget?: number | undefined
  effort?: Effort | undefined
  robust?: boolean | undefined
  by: string
}

/**
 * Trains on everything filed, writes a version, and promotes it unless it is clearly worse than the one in use. Yields
 * what it is at. A second one for a dataset follows the first, whatever it asks for. Throws UserError train.*
 */
export async function* trainVersion(
  app: ServiceContext,
  dataset: number,
  training: Training,
): AsyncGenerator<Progress, Trained> {
  let running = app.trainings.get(dataset) as SharedTask<Progress, Trained> | undefined
  if (!running) {
    running = new SharedTask(trainAndStore(app, dataset, training))
    app.trainings.set(dataset, running)
    void running.ended.then(() => app.trainings.delete(dataset))
  }
  return yield* running.follow()
}

export type Trained = Awaited<ReturnType<typeof finish>>

async function* trainAndStore(
  app: ServiceContext,
  dataset: number,
  { heads, budget = BUDGET, robust = true, by, ...wish }: Training,
): AsyncGenerator<Progress, Trained> {
  const started = performance.now()
  const { db } = app
  const backbone = await datasetBackbone(db, dataset)
  const inUse = await readActiveSummary(db, dataset)
  const effort = wish.effort ?? inUse?.effort ?? 'fast'
  yield* completeFeatures(app, dataset, backbone, effort)
  app.events.emit('trainingStarted', dataset)
  let filed: TrainingExample[] = []
  let about = { labels: [] as string[], examples: 0, dataHash: '' }
  const learned = yield* runTrainingJob(async () => {
    const { rows, lesson } = await readTrainingSet(app, dataset, backbone, effort)
    about = { labels: lesson.labels, examples: rows.length, dataHash: hashOf(rows) }
    filed = rows
    return { ...lesson, backbone, heads, budget, robust }
  })
  const { classifier, head, reason, skipped, measurement } = learned
  const survey = describeIssues(filed, about.labels, learned)
  const summary = { ...measurement, head, effort, ...about }
  const turned = await findDriftedLabels(app, dataset, filed, inUse, backbone)
  const chosen = { because: reason, skipped, inUse, survey, turned }
  const trained = await finish(db, dataset, { backbone: backbone.id, summary, classifier, by, started, ...chosen })
  app.events.emit('trainingFinished', dataset)
  return trained
}

/** Everything filed, as it is learned from under a backbone, read a page at a time. Throws UserError train.too-few-labels */
export async function readTrainingSet({ db }: ServiceContext, dataset: number, backbone: Backbone, effort: Effort) {
  const filed = await readTrainingExamples(db, dataset)
  const n = filed.length
  const random = await readViews(db, dataset, {
    backbone: backbone.id,
    limit: effort === 'careful' ? n : VIEWED_PICTURES,
  })
  const rows: TrainingExample[] = []
  const views: Lesson['views'] = []
  let features = 0
  let [learned, asked] = [undefined, undefined] as (Rows | undefined)[]
  // What was filed since they were counted is for the next training.
  for await (const page of featurePages(db, backbone.id, filed))
    for (const { of: row, plain, mirrored } of page) {
      const all = [plain, mirrored, ...split(random.get(row.picture), plain.length)]
      features = plain.length
      const mean = average(effort === 'careful' ? all : all.slice(0, 2))
      if (!learned) {
        demandMemory(n, features)
        learned = makeRows(n, features)
      }
      setRow(learned, rows.length, mean)
      // What is asked about is seen as it will be.
      if (effort === 'fast') {
        asked ??= makeRows(n, plain.length)
        setRow(asked, rows.length, plain)
      }
      // They outlive their page.
      if (all.length > 2) views.push({ row: rows.length, views: all.map((v) => v.slice()) })
      rows.push(row)
    }
  const labels = [...new Set(rows.map((r) => r.label))].sort()
  if (labels.length < 2 || !learned)
    throw new UserError(
      'train.too-few-labels',
      `Expected at least two labels with pictures, found ${labels.length}: file more with \`label\` or \`import\``,
      { found: labels.length },
    )
  const at = new Map(labels.map((l, i) => [l, i]))
  const y = Uint32Array.from(rows, (r) => at.get(r.label)!)
  const whole = { ...learned, rows: rows.length }
  const seen = asked ? { ...asked, rows: rows.length } : whole
  const vouched = Uint8Array.from(rows, (r) => Number(r.vouched))
  const lesson = { vouched, features: whole, queryFeatures: seen, views, hashes: rows.map((r) => r.hash), y, labels }
  return { rows, lesson, features }
}

type Lesson = Omit<TrainingSet, 'prior'>

const MIB = 2 ** 20
/** Bytes that training takes for a value of a picture, and beside. */
const PER_VALUE = 12
const BESIDE = 150 * MIB

/** Throws UserError train.memory */
function demandMemory(n: number, features: number): void {
  const [needed, there] = [n * features * PER_VALUE + BESIDE, process.availableMemory()]
  if (needed > there) throw insufficientMemory(needed, there)
}

function split(vectors: Float32Array | undefined, d: number): Float32Array[] {
  return Array.from({ length: (vectors?.length ?? 0) / d }, (_, i) => vectors!.subarray(i * d, (i + 1) * d))
}

type Version = { backbone: string; summary: VersionSummary; classifier: unknown } & {
  by: string
  started: number
  because: HeadChoiceReason
  skipped: HeadName[]
  inUse: VersionSummary | undefined
  survey: IssueSurvey
  turned: string[]
}

async function finish(
  db: Database,
  dataset: number,
  { by, started, because, skipped, inUse, survey, turned, ...version }: Version,
) {
  const { summary } = version
  const { teachers: _, ...findings } = survey.summary
  const reason = turned.length > 0 ? ('turned' as const) : compare(summary, inUse)
  const promoted = reason !== 'worse' && reason !== 'turned'
  const number = await addVersion(db, dataset, { ...version, survey, activate: promoted, by })
  const { accuracy, accuracyInterval, calibrationError, recognition, head, examples } = summary
  const measured = { accuracy, accuracyInterval, calibrationError, recognition }
  const seconds = (performance.now() - started) / 1000
  return {
    ...{ version: number, head, labels: summary.labels.length, examples, ...measured, seconds, promoted, reason },
    ...{ because, skipped, effort: summary.effort, turned },
    ...findings,
    ...changes(summary, inUse),
    advice: advise(summary, summary.labels),
  }
}

/** Why a version is put in use, or is not: `worse` means the same labels as before and intervals that do not meet. */
function compare(
  next: VersionSummary,
  old: VersionSummary | undefined,
): 'first' | 'other-labels' | 'as-good' | 'worse' {
  if (!old) return 'first'
  if (old.labels.join('\n') !== next.labels.join('\n')) return 'other-labels'
  if (!old.accuracyInterval || !next.accuracyInterval) return 'as-good'
  return next.accuracyInterval[1] < old.accuracyInterval[0] ? 'worse' : 'as-good'
}

/** Labels recognised more and less often than by the version before, out of fold: shares from 0 to 1, most changed first. */
function changes(next: VersionSummary, old: VersionSummary | undefined) {
  const before = new Map(old && recalls(old))
  const both = recalls(next).flatMap(([label, to]) => {
    const from = before.get(label)
    return from === undefined || Math.abs(to - from) < LEAST_CHANGE ? [] : [{ label, from, to }]
  })
  both.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return { improved: both.filter((c) => c.to > c.from), worsened: both.filter((c) => c.to < c.from) }
}

function recalls({ labels, confusion }: VersionSummary): [string, number][] {
  return labels.flatMap((label, i) => {
    const all = confusion[i]?.reduce((sum, n) => sum + n, 0) ?? 0
    return all === 0 ? [] : [[label, confusion[i]![i]! / all] as [string, number]]
  })
}

/** SHA-256 of which pictures were under which labels. */
function hashOf(rows: { label: string; picture: number }[]): string {
  const hash = createHash('sha256')
  for (const { label, picture } of rows) hash.update(`${picture}\t${label}\n`)
  return hash.digest('hex')
}
