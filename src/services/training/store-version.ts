import { createHash } from 'node:crypto'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { Effort } from '../../../models/views.ts'
import type { ServiceContext, TrainingOutcome } from '../../context.ts'
import { joinBackboneIds } from '../../db/backbones.ts'
import type { TrainingExample } from '../../db/training-examples.ts'
import { readActiveLabels, readNamesNow } from '../../db/version-labels.ts'
import {
  deleteIrreplaceable,
  deleteOldVersions,
  hasActiveLearnedBefore,
  readLastForgetting,
} from '../../db/version-retention.ts'
import { addVersion, type RequireHeld, readActiveSummary, type VersionSummary } from '../../db/versions.ts'
import type { TrainingResult } from '../../workers/training/messages.ts'
import { suggestBackbone } from '../backbones/suggest.ts'
import { findDriftedLabels } from '../label-drift.ts'
import { describeIssues } from '../label-issues.ts'
import { decideActivation } from './activation.ts'
import { describeOutcome } from './outcome.ts'

/** A version that learned from forgotten pictures answers no longer than it must, however good the next one is. */
const REPLACES_FORGOTTEN = { activate: true, reason: 'forgotten' } as const

export type TrainedExamples = {
  examples: TrainingExample[]
  labels: string[]
  labelIds: number[]
  result: TrainingResult
}

/** When its examples were read, up to which change, and the last forgetting that it knows of. */
type ReadMoment = { readAt: string; mark: number; forgottenAt: string | undefined }

type ToStore = {
  trained: TrainedExamples
  moment: ReadMoment
  /** Those that were tried. */
  backbones: Backbone[]
  effort: Effort
  by: string
  /** On the clock of `performance.now`. */
  started: number
  requireHeld: RequireHeld | undefined
}

/** Writes what a training came to as a version, activates it unless there is a reason not to, and tells of it. */
export async function storeVersion(app: ServiceContext, dataset: number, toStore: ToStore): Promise<TrainingOutcome> {
  const { trained, moment, backbones, effort, by, started, requireHeld } = toStore
  const { examples, labels, labelIds, result } = trained
  const { readAt, mark, forgottenAt } = moment
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
  const newVersion = { ...about, backbone: joinBackboneIds(used), activate, reason, by, requireHeld }
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
