import { layOutReview } from '../layouts/review.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { afterWords, undecidedWords } from './decisions.ts'
import { describeReasons } from './reasons.ts'
import { inJapanese } from './say.ts'

export function reviewResults(m: Markup) {
  const say = inJapanese(m)
  const { command, more, number, sentences, sheets } = say

  return {
    ...layOutReview(m, say, {
      reasons: (reasons) => describeReasons(m, reasons),
      suspects: (n) => `ラベルが間違っていそうな画像が${sheets(n)}あります。`,
      noSuspects: '疑わしい画像はありません。学習のたびに調べます。',
      toReview: `順に見直すには：${command('review')}`,
      inBrackets: (file) => `（${file}）`,
      ask: (label, what) => `本当に ${label} ですか？ ${what}`,
      because: (reasons) => `${reasons}。`,
      notUsed: '（学習には使っていません）',
      left: (n) => `残り${sheets(n)}。${m.bold('?')} がその画像で、ほかは典型的な画像です。`,
      allDone: 'すべて終わりました。見直す画像はもうありません 🎉',
      nothingToDecide: '判断できる画像がありません。',
      decided: {
        keep: (n) => `${sheets(n)}をそのままにしました。今後は確認しません。`,
        exclude: (n) => `${sheets(n)}を学習から除外しました。`,
        move: (n, label) => `${sheets(n)}を${label === null ? '' : ` ${m.name(label)} に`}移しました。`,
        restore: (n) => `${sheets(n)}を学習に戻しました。`,
      },
      report: {
        counts: (examples, suspects) => `画像${sheets(examples)}、うち疑わしい画像${sheets(suspects)}。`,
        wrote: (file, counts) => `${file} に書き出しました：${counts}`,
      },
      seePage: '詳しくは添付のページをご覧ください。',
      batch: (n, label) =>
        label === null
          ? `どのラベルにも似ていない画像が${sheets(n)}あります。`
          : `${label} に似ている画像が${sheets(n)}あります。`,
      batchLabels(labels, left) {
        const now = labels.map(({ label, pictures }) => `${label}（${sheets(pictures)}）`).join('、')
        return `今のラベルは ${now} です。全部で残り${sheets(left)}。`
      },
      queueEmpty: '見直す画像はもうありません。',
      agreement: (reviewers) => `見直し担当${number(reviewers)}人の一致が必要です。`,
      more,
      sentences,
      after: afterWords(m),
      undecided: undecidedWords(m),
    }),
    reviewUndone: ({ example, pictures }) => ({
      headline: `${pictures === undefined ? m.code(`#${example}`) : sheets(pictures)} についての判断を取り消しました。`,
    }),
  } satisfies SomeResults
}
