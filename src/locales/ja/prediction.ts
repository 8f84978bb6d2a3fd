import type { Results } from '../../commands/results.ts'
import { bar, describeProblem, lines, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { slash } from './commands.ts'
import { errors } from './errors.ts'

type Prediction = Extract<Results['predicted'], { top: unknown }>
type Key = 'predicted' | 'reasons' | 'feedbackGiven' | 'whatIsIt'

const MAX_GUESSES = 3

export function predictionResults(m: Markup): ResultWords<Key> {
  const bold = (label: string): string => `**${m.text(label)}**`

  function answer({ grade, label, confidence, top }: Prediction): string {
    if (label === null)
      return `**これはわかりません。**${top[0] ? `いちばん近いのは ${bold(top[0].label)} です。` : ''}`
    return grade === 'sure'
      ? `${bold(label)} · ${percent(confidence)}`
      : `たぶん ${bold(label)} ですが、自信がありません。`
  }

  function reasons({ runnerUp, nearest }: Results['reasons']): string {
    const close = runnerUp
      ? `次に近いラベルは ${bold(runnerUp.label)}（${percent(runnerUp.confidence)}）です。`
      : 'ほかに近いラベルはありません。'
    if (nearest.length === 0) return `${close}比べられる画像が残っていません。`
    const labels = [...new Set(nearest.map((n) => bold(n.label)))]
    return `${close}いちばん似ているのは ${labels.join('、')} の画像です。`
  }

  return {
    predicted: (p) =>
      'error' in p
        ? `${bold(p.file)}：${describeProblem(p.error, errors, m)}`
        : lines(
            answer(p),
            ...p.top
              .slice(0, MAX_GUESSES)
              .map((t) => `${bar(t.confidence)} ${percent(t.confidence)} ${m.text(t.label)}`),
            p.why ? reasons(p.why) : '',
          ),
    reasons,
    feedbackGiven: ({ right, truth }) => {
      if (right) return 'ありがとうございます。正解として記録しました。'
      return truth === null
        ? 'ありがとうございます。不正解として記録しました。'
        : `ありがとうございます。${bold(truth)} として記録しました。学習に使うには ${slash('label')} で画像を登録してください。`
    },
    whatIsIt: ({ said }) =>
      `ありがとうございます。${said === null ? '「わからない」と答えました。' : `${bold(said)} と答えました。`}正しくは何ですか？`,
  }
}
