import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import type { ErrorWords } from '../error-words.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import { describeProblem } from '../rejected.ts'
import type { ResultWords } from '../words.ts'

type Prediction = Extract<Results['predicted'], { top: unknown }>
type Explanation = Results['reasons']

const MAX_GUESSES = 3

type PredictionWords = {
  /** What is said of one of several files. */
  ofFile(file: string, what: string): string
  unknown: string
  closest(label: string): string
  /** @param share '' where a bar shows it */
  unsure(label: string, share: string): string
  /** The label that was second. */
  runnerUp(label: string, share: string): string
  noRunnerUp: string
  /** The pictures that it learned from and would be compared with are gone. */
  nothingToCompare: string
  mostLike(labels: string): string
  sentences(...all: string[]): string
  errors: ErrorWords
}

export function layOutPrediction(
  m: Markup,
  { and, percent }: Numbers,
  words: PredictionWords,
): ResultWords<'predicted' | 'reasons'> {
  return {
    predicted(p) {
      if ('error' in p) return { headline: words.ofFile(m.name(p.file), describeProblem(p.error, words.errors, m)) }
      const file = m.file(p.file)
      return {
        headline: file === '' ? answer(p) : words.ofFile(file, answer(p)),
        lines: guesses(p),
        sections: sections(p.why && { lines: [because(p.why), ...similar(p.why)] }),
      }
    },
    reasons: (why) => ({ headline: because(why), sections: sections({ lines: similar(why) }) }),
  }

  function answer({ grade, label, confidence, top: [closest] }: Prediction): string {
    if (label === null)
      return words.sentences(m.bold(words.unknown), closest ? words.closest(m.name(closest.label)) : '')
    if (grade === 'sure') return `${m.name(label)} · ${percent(confidence)}`
    return words.unsure(m.name(label), m.bar(confidence) === '' ? percent(confidence) : '')
  }

  /** Where bars are drawn, and which label it is remains open. Shares of labels that are not recognized would only mislead. */
  function guesses({ grade, top }: Prediction): Line[] {
    if (grade !== 'unsure') return []
    return said(
      ...top.slice(0, MAX_GUESSES).map(({ label, confidence }) => {
        const bar = m.bar(confidence)
        return bar && `${bar} ${percent(confidence)} ${m.text(label)}`
      }),
    )
  }

  function because({ runnerUp, nearest }: Explanation): string {
    const close = runnerUp ? words.runnerUp(m.name(runnerUp.label), percent(runnerUp.confidence)) : words.noRunnerUp
    if (nearest.length === 0) return words.sentences(close, words.nothingToCompare)
    const labels = [...new Set(nearest.map(({ label }) => m.name(label)))]
    return words.sentences(close, words.mostLike(and(labels)))
  }

  /** Where files are shown. Elsewhere the pictures are. */
  function similar({ nearest }: Explanation): Line[] {
    return nearest
      .filter(({ file }) => m.file(file) !== '')
      .map(({ label, file, similarity }) => [m.text(label), m.file(file), percent(Math.max(0, similarity))])
  }
}
