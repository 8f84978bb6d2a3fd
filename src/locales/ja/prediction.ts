import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import { describeProblem } from '../rejected.ts'
import type { ResultWords } from '../words.ts'
import { errors } from './errors.ts'
import { inJapanese } from './say.ts'

type Prediction = Extract<Results['predicted'], { top: unknown }>
type Key = 'predicted' | 'reasons' | 'feedbackGiven' | 'whatIsIt'

const MAX_GUESSES = 3

export function predictionResults(m: Markup): ResultWords<Key> {
  const { and, percent } = inJapanese(m)

  function answer({ grade, label, confidence, top: [closest] }: Prediction): string {
    if (label === null)
      return `${m.bold('これはわかりません。')}${closest ? `いちばん近いのは ${m.name(closest.label)} です。` : ''}`
    return grade === 'sure'
      ? `${m.name(label)} · ${percent(confidence)}`
      : `たぶん ${m.name(label)} ですが、自信がありません。${inNumbers(confidence)}`
  }

  /** Where no bars are drawn. */
  const inNumbers = (confidence: number): string => (m.bar(confidence) === '' ? `（${percent(confidence)}）` : '')

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
      ? `次に近いラベルは ${m.name(runnerUp.label)}（${percent(runnerUp.confidence)}）です。`
      : 'ほかに近いラベルはありません。'
    if (nearest.length === 0) return `${close}比べられる画像が残っていません。`
    const labels = [...new Set(nearest.map((n) => m.name(n.label)))]
    return `${close}いちばん似ているのは ${and(labels)} の画像です。`
  }

  /** Where files are shown. Elsewhere the pictures are. */
  const similar = ({ nearest }: Results['reasons']): Line[] =>
    nearest
      .filter(({ file }) => m.file(file) !== '')
      .map(({ label, file, similarity }) => [m.text(label), m.file(file), percent(Math.max(0, similarity))])

  return {
    predicted(p): Answer {
      if ('error' in p) return { headline: `${m.name(p.file)}：${describeProblem(p.error, errors(m), m)}` }
      const file = m.file(p.file)
      return {
        headline: `${file && `${file}：`}${answer(p)}`,
        lines: guesses(p),
        sections: sections(p.why && { lines: [because(p.why), ...similar(p.why)] }),
      }
    },
    reasons: (why) => ({ headline: because(why), sections: sections({ lines: similar(why) }) }),
    feedbackGiven({ right, truth }): Answer {
      if (right) return { headline: 'ありがとうございます。正解として記録しました。' }
      if (truth === null) return { headline: 'ありがとうございます。不正解として記録しました。' }
      return { headline: `ありがとうございます。${m.name(truth)} として記録しました。` }
    },
    whatIsIt: ({ said: label }) => ({
      headline: 'ありがとうございます。正しくは何ですか？',
      lines: said(label === null ? '「わかりません」と答えました。' : `${m.name(label)} と答えました。`),
    }),
  }
}
