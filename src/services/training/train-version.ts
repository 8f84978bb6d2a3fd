import { createHash } from 'node:crypto'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/names.ts'
import type { Effort } from '../../../models/views.ts'
import type { ServiceContext, TrainingOutcome } from '../../context.ts'
import { joinBackboneIds } from '../../db/backbones.ts'
import { datasetBackbones, datasetGone, findPlace, readServerOf } from '../../db/datasets.ts'
import { haveExamplesChanged, readChangeMark } from '../../db/example-changes.ts'
import type { TrainingExample } from '../../db/training-examples.ts'
import { readActiveLabels, readNamesNow } from '../../db/version-labels.ts'
import {
  deleteIrreplaceable,
  deleteLearned,
  deleteOldVersions,
  hasActiveLearnedBefore,
  readLastForgetting,
} from '../../db/version-retention.ts'
import { addVersion, readActiveSummary, type VersionSummary } from '../../db/versions.ts'
import { errorCode, UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import type { TrainingResult } from '../../workers/training/messages.ts'
import { Training } from '../../workers/training/training.ts'
import { completeFeatures } from '../backbones/features.ts'
import { suggestBackbone } from '../backbones/suggest.ts'
import { findDriftedLabels } from '../label-drift.ts'
import { describeIssues } from '../label-issues.ts'
import { tellProgress } from '../training-status.ts'
import { decideActivation } from './activation.ts'
import { describeOutcome } from './outcome.ts'
import { readTrainingSet } from './read-training-set.ts'

/** Seconds for comparing one head, unless the request says otherwise. */
const DEFAULT_BUDGET = 10

/** A version that learned from forgotten pictures answers no longer than it must, however good the next one is. */
const REPLACES_FORGOTTEN = { activate: true, reason: 'forgotten' } as const

type TrainingRequest = {
  /** Heads to choose from by cross-validation; one alone is taken as it is. */
  heads: HeadName[]
  /** Seconds for comparing one head, roughly; heads that take longer are skipped. */
  budget?: number | undefined
  /** Views of a picture that is asked about; left out: as the active version has it. */
  effort?: Effort | undefined
  /** Whether examples that clearly contradict their label are left out; left out: they are. */
  robust?: boolean | undefined
  by: string
}

/**
 * Trains on every kept example of a dataset, writes a version, and activates it unless there is a reason not to
 * (activation.ts). Who asks while one waits or runs follows that one, whatever they ask for, unless examples have changed
 * since it read them: then one more training follows it, for all who ask meanwhile.
 * Throws UserError train.*, dataset.gone, busy.full, busy.stopping
 */
export async function* trainVersion(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest,
): AsyncGenerator<Progress, TrainingOutcome> {
  const last = app.trainings.get(dataset)
  const isOutdated = last?.mark !== undefined && (await haveExamplesChanged(app.db, dataset, last.mark))
  const latest = app.trainings.get(dataset)
  // Another may have been asked for meanwhile.
  const training = latest && (latest !== last || !isOutdated) ? latest : queueTraining(app, dataset, request)
  try {
    return yield* training.follow()
  } catch (error) {
    // The program is not what stops it then.
    if (errorCode(error) === 'busy.stopping' && (await wasDeleted(app, dataset))) throw datasetGone(dataset)
    throw error
  }
}

/** Whoever cannot be asked is stopping, too. */
const wasDeleted = async ({ db }: ServiceContext, dataset: number): Promise<boolean> =>
  findPlace(db, dataset).then(
    (place) => place === undefined,
    () => false,
  )

function queueTraining(app: ServiceContext, dataset: number, request: TrainingRequest): Training<TrainingOutcome> {
  const onRead = (mark: number): void => {
    training.mark = mark
  }
  const training: Training<TrainingOutcome> = new Training({
    work: tellProgress(app, dataset, trainAndStore(app, dataset, { ...request, onRead })),
    queue: app.trainingQueue,
    readGroup: () => readServerOf(app.db, dataset),
    previous: app.trainings.get(dataset),
  })
  app.trainings.set(dataset, training)
  void training.ended.then(() => {
    if (app.trainings.get(dataset) === training) app.trainings.delete(dataset)
  })
  return training
}

/** `onRead`: told the mark of what is about to be read (example-changes.ts). */
type QueuedRequest = TrainingRequest & { onRead(mark: number): void }

async function* trainAndStore(
  app: ServiceContext,
  dataset: number,
  request: QueuedRequest,
): AsyncGenerator<Progress, TrainingOutcome> {
  const started = performance.now()
  const backbones = await datasetBackbones(app.db, dataset)
  const effort = request.effort ?? (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
  yield* completeFeatures(app, dataset, { backbones, effort })

  const forgottenAt = await readLastForgetting(app.db, dataset)
  const readAt = new Date().toISOString()
  const mark = await readChangeMark(app.db)
  request.onRead(mark)
  app.events.emit('trainingStarted', dataset, mark)
  const trained = train(app, dataset, { ...request, backbones, effort })
  const { examples, labels, labelIds, result } = yield* deletingLearned(app, dataset, { trained, forgottenAt })
  const { measurement, head, classifier } = result
  const used = backbones.filter((_, b) => result.backbones.includes(b))
  const dataHash = hashExamples(examples)
  const read = { labels, examples: examples.length, dataHash, readAt, changeMark: mark, lastExample: lastOf(examples) }
  const summary: VersionSummary = { ...measurement, head, effort, ...read }

  const answers = { labels: labelIds, classes: result.answers }
  const survey = { ...describeIssues(examples, labels, result), answers }
  const driftedLabels = await findDriftedLabels(app, dataset, { examples, backbones })
  const mustReplace = forgottenAt !== undefined && (await hasActiveLearnedBefore(app.db, dataset, forgottenAt))
  const now = await nameAsNow(app, dataset, { summary, labelIds })
  const { activate, reason } = mustReplace ? REPLACES_FORGOTTEN : decideActivation(now.next, now.active, driftedLabels)
  const about = { summary, classifier, survey, labelIds }
  const newVersion = { ...about, backbone: joinBackboneIds(used), activate, reason, by: request.by }
  const { number: version, isOvertaken } = await addVersion(app.db, dataset, newVersion)
  // One that was overtaken is itself an old version, by what was forgotten since.
  if (isOvertaken) {
    const lastForgetting = await readLastForgetting(app.db, dataset)
    await deleteOldVersions(app.db, dataset, { number: version + 1, forgottenAt: lastForgetting })
  } else await deleteOldVersions(app.db, dataset, { number: version, forgottenAt })
  // What was forgotten while it was trained may have left too little for another training.
  await deleteIrreplaceable(app.db, dataset)
  const seconds = (performance.now() - started) / 1000
  const { accuracy } = summary
  app.events.emit('trained', dataset, { accuracy, isActive: activate && !isOvertaken })
  app.events.emit('trainingFinished', dataset)

  const unhelpful = backbones.filter((backbone) => !used.includes(backbone)).map(({ id }) => id)
  const choice = {
    because: result.reason,
    skipped: result.skipped,
    backbones: used.map(({ id }) => id),
    unhelpful,
    suggestedBackbone: await suggestBackbone(app, dataset),
  }
  const decision = isOvertaken
    ? { promoted: false, reason: 'overtaken' as const, turned: [] }
    : { promoted: activate, reason, turned: driftedLabels }
  return describeOutcome({ version, seconds, summary, active: now.active, issues: survey.summary, choice, decision })
}

type TrainedExamples = { examples: TrainingExample[]; labels: string[]; labelIds: number[]; result: TrainingResult }

type Unfinished = { trained: AsyncGenerator<Progress, TrainedExamples>; forgottenAt: string | undefined }

/** Where too few labels are left to train, versions that may have learned from what was forgotten are never replaced: they go. */
async function* deletingLearned(
  app: ServiceContext,
  dataset: number,
  { trained, forgottenAt }: Unfinished,
): AsyncGenerator<Progress, TrainedExamples> {
  try {
    return yield* trained
  } catch (error) {
    if (error instanceof UserError && error.code === 'train.too-few-labels' && forgottenAt !== undefined)
      await deleteLearned(app.db, dataset, forgottenAt)
    throw error
  }
}

/** Reads the training set while the training workers start. The set itself is held nowhere here. */
async function* train(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest & { backbones: Backbone[]; effort: Effort },
): AsyncGenerator<Progress, TrainedExamples> {
  const { heads, budget = DEFAULT_BUDGET, robust = true, backbones, effort } = request
  let examples: TrainingExample[] = []
  let labels: string[] = []
  let labelIds: number[] = []
  // Loads the training threads' code, which other commands do without.
  const { runTrainingJob } = await import('../../workers/training/coordinator.ts')
  const result = yield* runTrainingJob(async () => {
    const read = await readTrainingSet(app, dataset, { backbones, effort })
    examples = read.examples
    labels = read.set.labels
    labelIds = read.labelIds
    return { ...read.set, heads, budget, robust }
  })
  return { examples, labels, labelIds, result }
}

type Named = { summary: VersionSummary; labelIds: number[] }

/**
 * The new version and the one that is active by now, with what their labels are called by now: while it was trained, labels
 * may have been renamed, merged or deleted, and another version activated. The name of a label that is gone is empty.
 */
async function nameAsNow({ db }: ServiceContext, dataset: number, { summary, labelIds }: Named) {
  const active = await readActiveSummary(db, dataset)
  const names = (await readActiveLabels(db, dataset))?.names ?? []
  const withNames = (of: VersionSummary, labels: (string | null)[]) => ({ ...of, labels: labels.map((l) => l ?? '') })
  return {
    next: withNames(summary, await readNamesNow(db, labelIds)),
    active: active && withNames(active, names),
  }
}

/** The example that was added last: they come in this order. */
const lastOf = (examples: TrainingExample[]): number => examples.at(-1)?.example ?? 0

/** SHA-256 of which pictures were under which labels. */
function hashExamples(examples: TrainingExample[]): string {
  const hash = createHash('sha256')
  for (const { label, picture } of examples) hash.update(`${picture}\t${label}\n`)
  return hash.digest('hex')
}
