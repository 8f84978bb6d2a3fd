import type { Results } from '../../commands/results.ts'
import type { Section } from '../answer.ts'
import type { Markup } from '../markup.ts'
import { inEnglish } from './say.ts'

type Graded = Pick<Results['stats'], 'accuracy' | 'grades'>

const NAMES = { sure: 'sure', unsure: 'not sure', unknown: 'not recognized' } as const

/** How often pictures that were not trained on are answered in each way, and how often that is right. */
export function gradesSection(m: Markup, { accuracy, grades }: Graded): Section | false {
  if (!grades) return false
  const { percent } = inEnglish(m)
  const rows = grades.map(({ grade, share, accuracy: right }) => {
    // What was taught and is refused has no right answer; one label alone is never taken for another.
    const isMeasured = right !== null && accuracy !== null && grade !== 'unknown'
    return [NAMES[grade], percent(share), isMeasured ? `${percent(right)} right` : '']
  })
  return { title: 'My answers about pictures I had not seen', lines: rows }
}

/** What can be said of one label, which is taken for no other; empty where nothing was measured. */
export function recognizedLine(m: Markup, { grades }: Pick<Graded, 'grades'>): string {
  const unknown = grades?.find(({ grade }) => grade === 'unknown')
  const { percent } = inEnglish(m)
  return unknown ? `I know one label, and recognize ${m.bold(percent(1 - unknown.share))} of new pictures of it.` : ''
}
