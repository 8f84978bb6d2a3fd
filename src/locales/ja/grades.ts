import type { Results } from '../../commands/results.ts'
import { percent } from '../format.ts'

type Graded = Pick<Results['stats'], 'accuracy' | 'grades'>

/** How often pictures that were not trained on are answered in each way, and how often that is right. */
export function gradesLine({ accuracy, grades }: Graded): string {
  if (!grades) return ''
  const shares = grades.map(({ grade, share, accuracy: right }) => {
    // What was taught and is refused has no right answer; one label alone is never taken for another.
    const isMeasured = right !== null && accuracy !== null && grade !== 'unknown'
    return `${NAMES[grade]} ${percent(share)}${isMeasured ? `（うち正解 ${percent(right)}）` : ''}`
  })
  return `学習に使っていない画像への答え：${shares.join(' · ')}`
}

const NAMES = { sure: '自信あり', unsure: '自信なし', unknown: 'わからない' } as const

/** What can be said of one label, which is taken for no other; empty where nothing was measured. */
export function recognizedLine({ grades }: Pick<Graded, 'grades'>): string {
  const unknown = grades?.find(({ grade }) => grade === 'unknown')
  return unknown ? `ラベルは一つだけです。その新しい画像の **${percent(1 - unknown.share)}** を見分けられます。` : ''
}
