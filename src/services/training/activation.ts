import { meanRecall, meanRecallInterval } from '../../../models/evaluation/recall.ts'
import type { TrainingOutcome } from '../../context.ts'
import type { VersionSummary } from '../../db/versions.ts'

type Decision = { activate: boolean; reason: TrainingOutcome['reason'] }

/**
 * Decides whether a new version becomes the active one. It does, unless a label has drifted, so that a manager should
 * look first, or it is clearly worse than the active version.
 * @param active undefined where no version is active yet
 * @param driftedLabels whose latest pictures the active version takes for something else (label-drift.ts)
 */
export function decideActivation(
  next: VersionSummary,
  active: VersionSummary | undefined,
  driftedLabels: string[],
): Decision {
  const reason = driftedLabels.length > 0 ? 'turned' : compareVersions(next, active)
  return { activate: reason !== 'turned' && reason !== 'worse', reason }
}

/**
 * `worse`: of the same labels, and either the mean over labels is clearly lower, or the share of right answers is, without a gain in the
 * mean over labels. So a version that recognizes small labels may replace one that answers with the largest label alone.
 */
function compareVersions(
  next: VersionSummary,
  active: VersionSummary | undefined,
): 'first' | 'other-labels' | 'as-good' | 'worse' {
  if (!active) return 'first'
  if (active.labels.join('\n') !== next.labels.join('\n')) return 'other-labels'
  const [byLabel, before] = [meanRecall(next.confusion), meanRecall(active.confusion)]
  if (isBelow(meanRecallInterval(next.confusion), meanRecallInterval(active.confusion))) return 'worse'
  const hasGained = byLabel !== null && before !== null && byLabel > before
  return isBelow(next.accuracyInterval, active.accuracyInterval) && !hasGained ? 'worse' : 'as-good'
}

type Interval = [number, number] | null

/** Whether one lies wholly below the other. */
const isBelow = (one: Interval, other: Interval): boolean => one !== null && other !== null && one[1] < other[0]
