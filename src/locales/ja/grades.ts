import type { Results } from '../../commands/results.ts'
import type { Section } from '../answer.ts'
import type { Markup } from '../markup.ts'
import { inJapanese } from './say.ts'

type Graded = Pick<Results['stats'], 'accuracy' | 'grades'>

const NAMES = { sure: '自信あり', unsure: '自信なし', unknown: 'わからない' } as const

/** How often pictures that were not trained on are answered in each way, and how often that is right. */
export function gradesSection(m: Markup, { accuracy, grades }: Graded): Section | false {
  if (!grades) return false
  const { percent } = inJapanese(m)
  const rows = grades.map(({ grade, share, accuracy: right }) => {
    // What was taught and is refused has no right answer; one label alone is never taken for another.
    const isMeasured = right !== null && accuracy !== null && grade !== 'unknown'
    return [NAMES[grade], percent(share), isMeasured ? `うち正解 ${percent(right)}` : '']
  })
  return { title: '学習に使っていない画像への答え', lines: rows }
}

/** What can be said of one label, which is taken for no other; empty where nothing was measured. */
export function recognizedLine(m: Markup, { grades }: Pick<Graded, 'grades'>): string {
  const unknown = grades?.find(({ grade }) => grade === 'unknown')
  const { percent } = inJapanese(m)
  return unknown
    ? `ラベルは一つだけです。その新しい画像の ${m.bold(percent(1 - unknown.share))} を見分けられます。`
    : ''
}
