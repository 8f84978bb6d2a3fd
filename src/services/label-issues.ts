import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import { FLAGGED } from '../../models/label-issues/suspicion-score.ts'
import type { IssueSummary, IssueSurvey, LabelIssue, Reason } from '../db/label-issues.ts'
import type { TrainingExample } from '../db/training-examples.ts'
import type { SurveyFindings } from '../workers/training/messages.ts'

/** A copy's grey deviates by less where there is almost nothing to see, of 128. */
const BLANK = 4
/** Pixels of the longer side of what shows too little. */
const SMALL = 32
/** How suspect a picture is at least for its own sake. */
const AT_LEAST = { blank: 0.9, small: 0.6, conflict: 0.5 }
/** A score below which a picture fits its label beyond doubt. */
const CLEAR = 0.25
/** Examples of a teacher that say something. */
const ENOUGH = 8

/** What a training found, in words that a person can act upon. @param rows what was learned from, in order @param labels by class */
export function describeIssues(rows: TrainingExample[], labels: string[], found: SurveyFindings): IssueSurvey {
  const { suspicions, copies, conflicts } = found
  const suspects: (LabelIssue & { row: number })[] = []
  const also = new Map<number, { other: number; similarity: number }>()
  for (const { a, b, similarity } of conflicts)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (!also.has(one)) also.set(one, { other, similarity })
  const scores = rows.map(({ example, side, contrast, vouched }, row) => {
    const reasons: Reason[] = []
    let score = suspicions.scores[row]!
    const suggested = suspicions.suggested[row]! < 0 ? null : labels[suspicions.suggested[row]!]!
    const twin = also.get(row)
    // Of two, the one that fits its label has done nothing wrong.
    const isClear = twin && score < CLEAR && suspicions.scores[twin.other]! >= FLAGGED
    if (twin && !isClear)
      reasons.push({ kind: 'also-under', label: rows[twin.other]!.label, example: rows[twin.other]!.example })
    if (score >= FLAGGED)
      reasons.push(suggested === null ? { kind: 'unlike' } : { kind: 'looks-like', label: suggested })
    if (contrast !== null && contrast < BLANK) reasons.push({ kind: 'blank' })
    if (side !== null && side < SMALL) reasons.push({ kind: 'small' })
    for (const { kind } of reasons)
      if (kind === 'blank' || kind === 'small') score = Math.max(score, AT_LEAST[kind])
      else if (kind === 'also-under') score = Math.max(score, AT_LEAST.conflict)
    if (vouched) score = Math.min(score, FLAGGED / 2)
    else if (reasons.length > 0)
      suspects.push({ row, example, score, suggested, reasons, leftOut: suspicions.leftOut[row] === 1 })
    return { example, score }
  })
  const summary: IssueSummary = {
    flagged: suspects.length,
    leftOut: suspects.filter((s) => s.leftOut).length,
    copies: copies.length,
    conflicts: conflicts.length,
    teachers: contradicting(rows, new Set(suspects.filter((s) => s.score >= FLAGGED).map((s) => s.row))),
  }
  return { suspicions: suspects.map(({ row: _, ...s }) => s), scores, summary }
}

/** Teachers whose pictures are suspect clearly more often than those of all others, by intervals that do not meet. */
function contradicting(rows: TrainingExample[], suspect: Set<number>): IssueSummary['teachers'] {
  const by = Map.groupBy(rows.keys(), (r) => rows[r]!.by)
  const count = (some: number[]): number => some.filter((r) => suspect.has(r)).length
  const all = count([...rows.keys()])
  return [...by]
    .flatMap(([teacher, own]) => {
      const rest = rows.length - own.length
      const [mine, theirs] = [count(own), all - count(own)]
      if (
        own.length < ENOUGH ||
        rest < ENOUGH ||
        wilsonInterval(mine, own.length)[0] <= wilsonInterval(theirs, rest)[1]
      )
        return []
      return [{ teacher, examples: own.length, suspected: mine / own.length, others: theirs / rest }]
    })
    .sort((a, b) => b.suspected - a.suspected)
}
