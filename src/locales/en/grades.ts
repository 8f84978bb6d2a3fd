import type { Results } from '../../commands/results.ts'
import { percent } from '../format.ts'

type Graded = Pick<Results['stats'], 'accuracy' | 'grades'>

/** How often pictures that were not trained on are answered in each way, and how often that is right. */
export function gradesLine({ accuracy, grades }: Graded): string {
  if (!grades) return ''
  const shares = grades.map(({ grade, share, accuracy: right }) => {
    // What was taught and is refused has no right answer; one label alone is never taken for another.
    const isMeasured = right !== null && accuracy !== null && grade !== 'unknown'
    return `${NAMES[grade]} ${percent(share)}${isMeasured ? ` (${percent(right)} right)` : ''}`
  })
  return `Of pictures I had not seen: ${shares.join(' · ')}`
}

const NAMES = { sure: 'sure', unsure: 'not sure', unknown: 'not recognized' } as const

/** What can be said of one label, which is taken for no other; empty where nothing was measured. */
export function recognizedLine({ grades }: Pick<Graded, 'grades'>): string {
  const unknown = grades?.find(({ grade }) => grade === 'unknown')
  return unknown ? `I know one label, and recognize **${percent(1 - unknown.share)}** of new pictures of it.` : ''
}
