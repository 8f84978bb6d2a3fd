import { advise } from '../../../models/evaluation/advice.ts'
import type { TrainingOutcome } from '../../context.ts'
import type { IssueSummary } from '../../db/label-issues.ts'
import { measuresOf, type VersionSummary } from '../../db/versions.ts'
import { compareRecalls } from './changes.ts'

type Finished = {
  version: number
  seconds: number
  summary: VersionSummary
  /** What was active before. */
  active: VersionSummary | undefined
  issues: IssueSummary
  choice: Pick<TrainingOutcome, 'because' | 'skipped' | 'backbones' | 'unhelpful' | 'suggestedBackbone'>
  decision: Pick<TrainingOutcome, 'promoted' | 'reason' | 'turned'>
}

/** What is told about a training. Who contradicts whom is for managers alone, and not part of it. */
export function describeOutcome(finished: Finished): TrainingOutcome {
  const { version, seconds, summary, active, issues, choice, decision } = finished
  const { improved, worsened } = compareRecalls(summary, active)
  return {
    version,
    ...measuresOf(summary),
    recognition: summary.recognition,
    grades: summary.grades,
    seconds,
    promoted: decision.promoted,
    reason: decision.reason,
    ...choice,
    effort: summary.effort,
    turned: decision.turned,
    flagged: issues.flagged,
    leftOut: issues.leftOut,
    copies: issues.copies,
    conflicts: issues.conflicts,
    improved,
    worsened,
    advice: advise(summary, summary.labels),
  }
}
