import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { auditResults } from './audit.ts'
import { describeReasons } from './reasons.ts'
import { inJapanese } from './say.ts'

type Key = 'gallery' | 'example' | 'changeUndone'
type Example = Results['example']['example']

export function galleryResults(m: Markup): ResultWords<Key> {
  const { and, percent, sheets } = inJapanese(m)
  const { audit } = auditResults(m)

  const describeState = ({ state, vouched, isSuspect }: Example): string => {
    if (state === 'excluded') return '学習から除外されています'
    if (state === 'withdrawn') return '登録した人の画像がすべて取り下げられています'
    if (vouched) return '学習に使っています（レビュアーが正しいと確認済み）'
    return isSuspect ? '学習に使っていますが、ラベルが間違っているかもしれません' : '学習に使っています'
  }

  const describeSuspicion = ({ isSuspect, score, reasons, recognized }: Example): string =>
    [
      isSuspect && score !== null && `疑わしさ ${percent(score)}：${describeReasons(m, reasons)}`,
      recognized !== null && `この画像を学習せずに見分けると ${m.name(recognized)} でした`,
    ]
      .filter(Boolean)
      .join('。')

  return {
    gallery: ({ total }) => ({ headline: total === 0 ? '画像はありません。' : `画像は${sheets(total)}です。` }),
    example({ example, history }) {
      const { id, label, file, by, at, also } = example
      const changes = audit({ changes: history })
      const others = and(also.map((other) => m.name(other.label)))
      return {
        headline: `${m.code(`#${id}`)} のラベルは ${m.name(label)} です。`,
        lines: said(
          m.file(file),
          `${describeState(example)}。${m.person(by)} が ${m.moment(at)} に登録しました。`,
          describeSuspicion(example),
          also.length > 0 && `同じ画像が ${others} にもあります。`,
        ),
        sections: sections(
          ...(typeof changes === 'string' ? [] : (changes.sections ?? [])).map((section) => ({
            title: 'この画像の変更履歴（新しい順）',
            ...section,
          })),
        ),
      }
    },
    changeUndone: ({ undone, left }) => ({
      headline: undone > 0 ? `${sheets(undone)}の変更を取り消しました。` : '取り消せる変更は残っていません。',
      lines: said(left > 0 && `${sheets(left)}はその後に変更されたため、そのままにしました。`),
    }),
  }
}
