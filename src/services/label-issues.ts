import { SUSPECT_THRESHOLD } from '../../models/label-issues/suspicion-score.ts'
import type { IssueSurvey, LabelIssue, Reason } from '../db/label-issues.ts'
import type { TrainingExample } from '../db/training-examples.ts'
import type { IssueFindings } from '../workers/training/messages.ts'
import { findContradictingTeachers } from './contradicting-teachers.ts'

/** A picture shows almost nothing if the standard deviation of its grey, 0 to 128, is below this. */
const BLANK_CONTRAST = 4
/** A picture shows too little if its longer side has fewer pixels. */
const SMALL_SIDE = 32
/** Lowest score, 0 to 1, of an example with such a reason, however well it fits its label: a blank picture is sure to be wrong. */
const MIN_SCORE: Partial<Record<Reason['kind'], number>> = { blank: 0.9, small: 0.6, 'also-under': 0.5 }
/** An example with a lower score than this fits its label beyond doubt. */
const CLEAR_FIT = 0.25
/** Highest score of an example that a reviewer vouched for. */
const VOUCHED_SCORE = SUSPECT_THRESHOLD / 2

type Conflict = { other: number; similarity: number }

/**
 * What a training found, as reasons that a person can act upon.
 * @param examples in the order of the rows of the training set
 * @param labels by class
 */
export function describeIssues(examples: TrainingExample[], labels: string[], findings: IssueFindings): IssueSurvey {
  const { suspicions, copies, conflicts } = findings
  const conflictOf = firstConflicts(conflicts)
  const issues: LabelIssue[] = []
  const scores: IssueSurvey['scores'] = []
  const suspectRows = new Set<number>()
  for (const [row, example] of examples.entries()) {
    const fit = suspicions.scores[row] ?? 0
    const suggested = labels[suspicions.suggested[row] ?? -1] ?? null
    const reasons: Reason[] = []
    const conflict = conflictOf.get(row)
    const other = conflict && examples[conflict.other]
    // Of two, the one that clearly fits its label is not the wrong one if the other is suspect.
    const isRightOne = conflict && fit < CLEAR_FIT && (suspicions.scores[conflict.other] ?? 0) >= SUSPECT_THRESHOLD
    if (other && !isRightOne) reasons.push({ kind: 'also-under', label: other.label, example: other.example })
    if (fit >= SUSPECT_THRESHOLD)
      reasons.push(suggested === null ? { kind: 'unlike' } : { kind: 'looks-like', label: suggested })
    reasons.push(...ownReasons(example))
    const score = scoreOf(fit, reasons, example.vouched)
    scores.push({ example: example.example, score })
    if (example.vouched || reasons.length === 0) continue
    if (score >= SUSPECT_THRESHOLD) suspectRows.add(row)
    issues.push({ example: example.example, score, suggested, reasons, leftOut: suspicions.leftOut[row] === 1 })
  }
  const summary = {
    flagged: issues.length,
    leftOut: issues.filter((issue) => issue.leftOut).length,
    copies: copies.length,
    conflicts: conflicts.length,
    teachers: findContradictingTeachers(examples, suspectRows),
  }
  return { suspicions: issues, scores, summary }
}

/** By row: the first nearly equal picture under another label. */
function firstConflicts(conflicts: IssueFindings['conflicts']): Map<number, Conflict> {
  const found = new Map<number, Conflict>()
  const note = (row: number, conflict: Conflict): void => {
    if (!found.has(row)) found.set(row, conflict)
  }
  for (const { a, b, similarity } of conflicts) {
    note(a, { other: b, similarity })
    note(b, { other: a, similarity })
  }
  return found
}

/** What is wrong with a picture whatever its label. */
function ownReasons({ contrast, side }: TrainingExample): Reason[] {
  const reasons: Reason[] = []
  if (contrast !== null && contrast < BLANK_CONTRAST) reasons.push({ kind: 'blank' })
  if (side !== null && side < SMALL_SIDE) reasons.push({ kind: 'small' })
  return reasons
}

function scoreOf(fit: number, reasons: Reason[], vouched: boolean): number {
  const score = Math.max(fit, ...reasons.map(({ kind }) => MIN_SCORE[kind] ?? 0))
  return vouched ? Math.min(score, VOUCHED_SCORE) : score
}
