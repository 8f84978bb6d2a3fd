import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import { describeProblem } from '../rejected.ts'
import type { ResultWords } from '../words.ts'
import { errors } from './errors.ts'
import { inEnglish } from './say.ts'

type Prediction = Extract<Results['predicted'], { top: unknown }>
type Key = 'predicted' | 'reasons' | 'feedbackGiven' | 'whatIsIt'

const MAX_GUESSES = 3

export function predictionResults(m: Markup): ResultWords<Key> {
  const { and, percent } = inEnglish(m)

  function answer({ grade, label, confidence, top: [closest] }: Prediction): string {
    if (label === null)
      return `${m.bold('I don’t recognize this.')}${closest ? ` Closest: ${m.name(closest.label)}` : ''}`
    return grade === 'sure'
      ? `${m.name(label)} · ${percent(confidence)}`
      : `Probably ${m.name(label)}, but I’m not sure.${inNumbers(confidence)}`
  }

  /** Where no bars are drawn. */
  const inNumbers = (confidence: number): string => (m.bar(confidence) === '' ? ` (${percent(confidence)})` : '')

  /** Where bars are drawn, and which label it is remains open. Shares of labels that are not recognized would only mislead. */
  const guesses = ({ grade, top }: Prediction): Line[] =>
    grade === 'unsure'
      ? said(
          ...top.slice(0, MAX_GUESSES).map(({ label, confidence }) => {
            const bar = m.bar(confidence)
            return bar && `${bar} ${percent(confidence)} ${m.text(label)}`
          }),
        )
      : []

  function because({ runnerUp, nearest }: Results['reasons']): string {
    const close = runnerUp
      ? `${m.name(runnerUp.label)} came close, with ${percent(runnerUp.confidence)}.`
      : 'Nothing else came close.'
    if (nearest.length === 0) return `${close} There is no picture left to compare it with.`
    const labels = [...new Set(nearest.map((n) => m.name(n.label)))]
    return `${close} It looks most like these ${and(labels)} pictures:`
  }

  /** Where files are shown. Elsewhere the pictures are. */
  const similar = ({ nearest }: Results['reasons']): Line[] =>
    nearest
      .filter(({ file }) => m.file(file) !== '')
      .map(({ label, file, similarity }) => [m.text(label), m.file(file), percent(Math.max(0, similarity))])

  return {
    predicted(p): Answer {
      if ('error' in p) return { headline: `${m.name(p.file)}: ${describeProblem(p.error, errors(m), m)}` }
      const file = m.file(p.file)
      return {
        headline: `${file && `${file}: `}${answer(p)}`,
        lines: guesses(p),
        sections: sections(p.why && { lines: [because(p.why), ...similar(p.why)] }),
      }
    },
    reasons: (why) => ({ headline: because(why), sections: sections({ lines: similar(why) }) }),
    feedbackGiven({ right, truth }): Answer {
      if (right) return { headline: 'Thanks! Noted as right.' }
      if (truth === null) return { headline: 'Thanks! Noted as wrong.' }
      return { headline: `Thanks! Noted as ${m.name(truth)}.` }
    },
    whatIsIt: ({ said: label }) => ({
      headline: 'Thanks! What is it really?',
      lines: said(label === null ? 'I didn’t recognize it.' : `I said ${m.name(label)}.`),
    }),
  }
}
