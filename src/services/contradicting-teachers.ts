import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import type { IssueSummary } from '../db/label-issues.ts'
import type { TrainingExample } from '../db/training-examples.ts'

/** Examples of one teacher, and of all others, below which nothing can be said about them. */
const MIN_EXAMPLES = 8

/**
 * Teachers whose examples are suspect clearly more often than everybody else's: by 95 % intervals that do not overlap.
 * Those with the highest share come first. @param suspectRows indices into `examples`
 */
export function findContradictingTeachers(
  examples: TrainingExample[],
  suspectRows: ReadonlySet<number>,
): IssueSummary['teachers'] {
  const suspects = (rows: number[]): number => rows.filter((row) => suspectRows.has(row)).length
  const rowsByTeacher = Map.groupBy(examples.keys(), (row) => examples[row]?.by ?? '')
  return [...rowsByTeacher]
    .flatMap(([teacher, rows]) => {
      const own = { suspects: suspects(rows), examples: rows.length }
      const rest = { suspects: suspectRows.size - own.suspects, examples: examples.length - own.examples }
      return isClearlyWorse(own, rest)
        ? [{ teacher, examples: own.examples, suspected: shareOf(own), others: shareOf(rest) }]
        : []
    })
    .sort((a, b) => b.suspected - a.suspected)
}

type Count = { suspects: number; examples: number }
const shareOf = ({ suspects, examples }: Count): number => suspects / examples

function isClearlyWorse(own: Count, rest: Count): boolean {
  if (own.examples < MIN_EXAMPLES || rest.examples < MIN_EXAMPLES) return false
  const [lowest] = wilsonInterval(own.suspects, own.examples)
  const [, highest] = wilsonInterval(rest.suspects, rest.examples)
  return lowest > highest
}
