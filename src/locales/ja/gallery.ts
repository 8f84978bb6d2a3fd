import { said } from '../format.ts'
import { layOutExample } from '../layouts/gallery.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { auditResults } from './audit.ts'
import { describeReasons } from './reasons.ts'
import { inJapanese } from './say.ts'

export function galleryResults(m: Markup) {
  const { and, percent, sentences, sheets } = inJapanese(m)

  return {
    gallery: ({ total }) => ({ headline: total === 0 ? '画像はありません。' : `画像は${sheets(total)}です。` }),
    ...layOutExample(
      m,
      { and, percent, ...auditResults(m) },
      {
        headline: (number, label) => `${number} のラベルは ${label} です。`,
        states: {
          excluded: '学習から除外されています',
          withdrawn: '登録した人の画像がすべて取り下げられています',
          vouched: '学習に使っています（見直し担当が正しいと確認済み）',
          suspect: '学習に使っていますが、ラベルが間違っているかもしれません',
          kept: '学習に使っています',
        },
        added: (state, { by, at }) => `${state}。${by} が ${at} に登録しました。`,
        suspect: (share, reasons) => `疑わしさ ${share}：${describeReasons(m, reasons)}。`,
        recognized: (label) => `この画像を学習せずに見分けると ${label} でした。`,
        sentences,
        also: (labels) => `同じ画像が ${labels} にもあります。`,
        history: 'この画像の変更履歴（新しい順）',
      },
    ),
    changeUndone: ({ undone, left }) => ({
      headline: undone > 0 ? `${sheets(undone)}の変更を取り消しました。` : '取り消せる変更は残っていません。',
      lines: said(left > 0 && `${sheets(left)}はその後に変更されたため、そのままにしました。`),
    }),
  } satisfies SomeResults
}
