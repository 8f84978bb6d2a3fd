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

/** `worse`: of the same labels, with an accuracy interval that lies wholly below the other one. */
function compareVersions(
  next: VersionSummary,
  active: VersionSummary | undefined,
): 'first' | 'other-labels' | 'as-good' | 'worse' {
  if (!active) return 'first'
  if (active.labels.join('\n') !== next.labels.join('\n')) return 'other-labels'
  if (!active.accuracyInterval || !next.accuracyInterval) return 'as-good'
  return next.accuracyInterval[1] < active.accuracyInterval[0] ? 'worse' : 'as-good'
}
