import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import type { Section } from '../answer.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'

type Measured = Pick<Results['stats'], 'accuracy' | 'balancedAccuracy' | 'grades'>
type Grade = NonNullable<Measured['grades']>[number]['grade']

export type GradeWords = {
  /** Of how often pictures that were not trained on are answered in each way, and how often that is right. */
  title: string
  names: Record<Grade, string>
  right(share: string): string
  /** Where there is one label alone: how much of it is recognized. */
  recognized(share: string): string
}

/** How often it is right. */
export type AccuracyWords = {
  unmeasured: string
  right(share: string): string
  /** Where large labels hide small ones. */
  rightByLabel(mean: string, ofAll: string): string
}

export function layOutGrades({ accuracy, grades }: Measured, { percent }: Numbers, words: GradeWords): Section | false {
  if (!grades) return false
  const lines = grades.map(({ grade, share, accuracy: right }) => {
    // What was taught and is refused has no right answer; one label alone is never taken for another.
    const isMeasured = right !== null && accuracy !== null && grade !== 'unknown'
    return [words.names[grade], percent(share), isMeasured ? words.right(percent(right)) : '']
  })
  return { title: words.title, lines }
}

/** @param words what is said of labels, and of grades where there is one label alone */
export function layOutAccuracy(m: Markup, { percent }: Numbers, words: AccuracyWords & Pick<GradeWords, 'recognized'>) {
  const share = (value: number): string => m.bold(percent(value))
  return (measured: Measured): string => {
    const { accuracy, grades } = measured
    if (accuracy !== null) {
      const balanced = distinctBalancedAccuracy(measured)
      return balanced === null ? words.right(share(accuracy)) : words.rightByLabel(share(balanced), share(accuracy))
    }
    const unknown = grades?.find(({ grade }) => grade === 'unknown')
    return unknown ? words.recognized(share(1 - unknown.share)) : words.unmeasured
  }
}
