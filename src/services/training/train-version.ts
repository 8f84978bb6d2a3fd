import { createHash } from 'node:crypto'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/names.ts'
import type { Effort } from '../../../models/views.ts'
import type { ServiceContext, TrainingOutcome } from '../../context.ts'
import { datasetBackbone } from '../../db/datasets.ts'
import type { TrainingExample } from '../../db/training-examples.ts'
import { addVersion, readActiveSummary, type VersionSummary } from '../../db/versions.ts'
import type { Progress } from '../../progress.ts'
import { SharedTask } from '../../workers/shared-task.ts'
import { runTrainingJob } from '../../workers/training/coordinator.ts'
import type { TrainingResult } from '../../workers/training/messages.ts'
import { completeFeatures } from '../backbones/features.ts'
import { findDriftedLabels } from '../label-drift.ts'
import { describeIssues } from '../label-issues.ts'
import { decideActivation } from './activation.ts'
import { describeOutcome } from './outcome.ts'
import { readTrainingSet } from './read-training-set.ts'

/** Seconds for comparing one head, unless the request says otherwise. */
const DEFAULT_BUDGET = 10

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
 * (activation.ts). A second training of the same dataset follows the one that runs, whatever it asks for.
 * Throws UserError train.*, busy.stopping
 */
export async function* trainVersion(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest,
): AsyncGenerator<Progress, TrainingOutcome> {
  let task = app.trainings.get(dataset)
  if (!task) {
    task = new SharedTask(trainAndStore(app, dataset, request))
    app.trainings.set(dataset, task)
    void task.ended.then(() => app.trainings.delete(dataset))
  }
  return yield* task.follow()
}

async function* trainAndStore(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest,
): AsyncGenerator<Progress, TrainingOutcome> {
  const started = performance.now()
  const backbone = await datasetBackbone(app.db, dataset)
  const active = await readActiveSummary(app.db, dataset)
  const effort = request.effort ?? active?.effort ?? 'fast'
  yield* completeFeatures(app, dataset, { backbone, effort })

  app.events.emit('trainingStarted', dataset)
  const { examples, labels, result } = yield* train(app, dataset, { ...request, backbone, effort })
  const { measurement, head, classifier } = result
  const dataHash = hashExamples(examples)
  const summary: VersionSummary = { ...measurement, head, effort, labels, examples: examples.length, dataHash }

  const survey = describeIssues(examples, labels, result)
  const driftedLabels = await findDriftedLabels(app, dataset, { examples, backbone })
  const { activate, reason } = decideActivation(summary, active, driftedLabels)
  const newVersion = { backbone: backbone.id, summary, classifier, survey, activate, by: request.by }
  const version = await addVersion(app.db, dataset, newVersion)
  const seconds = (performance.now() - started) / 1000
  app.events.emit('trainingFinished', dataset)

  const choice = { because: result.reason, skipped: result.skipped }
  const decision = { promoted: activate, reason, turned: driftedLabels }
  return describeOutcome({ version, seconds, summary, active, issues: survey.summary, choice, decision })
}

type TrainedExamples = { examples: TrainingExample[]; labels: string[]; result: TrainingResult }

/** Reads the training set while the training workers start. The set itself is held nowhere here. */
async function* train(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest & { backbone: Backbone; effort: Effort },
): AsyncGenerator<Progress, TrainedExamples> {
  const { heads, budget = DEFAULT_BUDGET, robust = true, backbone, effort } = request
  let examples: TrainingExample[] = []
  let labels: string[] = []
  const result = yield* runTrainingJob(async () => {
    const read = await readTrainingSet(app, dataset, { backbone, effort })
    examples = read.examples
    labels = read.set.labels
    return { ...read.set, backbone, heads, budget, robust }
  })
  return { examples, labels, result }
}

/** SHA-256 of which pictures were under which labels. */
function hashExamples(examples: TrainingExample[]): string {
  const hash = createHash('sha256')
  for (const { label, picture } of examples) hash.update(`${picture}\t${label}\n`)
  return hash.digest('hex')
}
