import { said } from '../format.ts'
import { layOutPrediction } from '../layouts/prediction.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { errors } from './errors.ts'
import { inJapanese } from './say.ts'

export function predictionResults(m: Markup) {
  const say = inJapanese(m)

  return {
    ...layOutPrediction(m, say, {
      ofFile: (file, what) => `${file}：${what}`,
      unknown: 'これはわかりません。',
      closest: (label) => `いちばん近いのは ${label} です。`,
      unsure: (label, share) => `たぶん ${label} ですが、自信がありません。${share && `（${share}）`}`,
      runnerUp: (label, share) => `次に近いラベルは ${label}（${share}）です。`,
      noRunnerUp: 'ほかに近いラベルはありません。',
      nothingToCompare: '比べられる画像が残っていません。',
      mostLike: (labels) => `いちばん似ているのは ${labels} の画像です。`,
      sentences: say.sentences,
      errors: errors(m),
    }),
    feedbackGiven({ right, truth }) {
      if (right) return { headline: 'ありがとうございます。正解として記録しました。' }
      if (truth === null) return { headline: 'ありがとうございます。不正解として記録しました。' }
      return { headline: `ありがとうございます。${m.name(truth)} として記録しました。` }
    },
    whatIsIt: ({ said: label }) => ({
      headline: 'ありがとうございます。正しくは何ですか？',
      lines: said(label === null ? '「わかりません」と答えました。' : `${m.name(label)} と答えました。`),
    }),
  } satisfies SomeResults
}
