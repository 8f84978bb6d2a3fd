import type { Result } from '../../commands/define.ts'
import { isPosted, type PostedAnswers } from '../../services/answer-grades.ts'

/**
 * In a watched channel nobody asked: what is not sure enough is not posted, and what cannot be read is said once a day.
 * @returns why nothing is said; undefined: something is
 */
export function whyUnsaid(
  results: Result[],
  setting: PostedAnswers,
  isNewProblem: () => boolean,
): 'unknown' | 'below confidence' | 'unreadable' | undefined {
  const grades = results.flatMap(({ key, values }) => (key === 'predicted' && 'grade' in values ? [values.grade] : []))
  if (grades.some((grade) => isPosted(setting, grade))) return undefined
  if (grades.length === 0 && results.length > 0) return setting === 'all' || isNewProblem() ? undefined : 'unreadable'
  return grades.every((grade) => grade === 'unknown') ? 'unknown' : 'below confidence'
}
