import type { Results } from '../../commands/results.ts'
import { percent } from './format.ts'

type Graded = Pick<Results['stats'], 'accuracy' | 'grades'>

const NAMES = { sure: 'sure', unsure: 'not sure', unknown: `"I don't know"` } as const

/** How often pictures that were not trained on are answered in each way, and how often that is right. */
export function gradesLine({ accuracy, grades }: Graded): string {
  if (!grades) return ''
  const shares = grades.map(({ grade, share, accuracy: right }) => {
    // What was taught and is refused has no right answer; one label alone is never taken for another.
    const isMeasured = right !== null && accuracy !== null && grade !== 'unknown'
    return `${NAMES[grade]} ${percent(share)}${isMeasured ? ` (${percent(right)} right)` : ''}`
  })
  return `Of pictures it had not seen: ${shares.join(', ')}.`
}
