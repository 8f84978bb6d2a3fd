import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

type After = Results['reviewDone']['after']

const DECIDED: Record<string, string> = {
  keep: 'そのままにしました',
  exclude: '除外しました',
  move: '移しました',
  skip: 'あとにしました',
  undo: '取り消しました',
}

export function describeAfter(m: Markup, after: After): Line[] {
  if (!after) return []
  const { sheets } = inJapanese(m)
  const { decision, waits, pictures, refused = 0, changed = [] } = after
  const what = DECIDED[decision] ?? ''
  const which = pictures === undefined ? '' : `${sheets(pictures)}を`
  return said(
    pictures !== 0 &&
      what !== '' &&
      (waits ? `${which}記録しました。もう一人の見直し担当の同意が必要です。` : `${which}${what}。`),
    said(
      refused > 0 && `${sheets(refused)}は、取り下げられたか、ほかの人がすでに判断したため、そのままです。`,
      changed.length > 0 && `その間に変更されたため、そのままにしました：${changed.map(describeChanged).join('、')}`,
    ).join(''),
  )

  function describeChanged({ example, label }: { example: number; label: string | null }): string {
    return label === null ? `${m.code(`#${example}`)}（削除済み）` : `${m.code(`#${example}`)}（${m.name(label)}）`
  }
}

export function reviewBatchResults(m: Markup): ResultWords<'reviewBatch' | 'reviewQueue'> {
  const { number, sheets } = inJapanese(m)
  return {
    reviewBatch({ suggested, suspects, left, after }) {
      const labels = Map.groupBy(suspects, ({ label }) => label)
      const have = [...labels].map(([label, some]) => `${m.name(label)}（${sheets(some.length)}）`)
      return {
        before: describeAfter(m, after),
        headline:
          suggested === null
            ? `どのラベルにも似ていない画像が${sheets(suspects.length)}あります。`
            : `${m.name(suggested)} に似ている画像が${sheets(suspects.length)}あります。`,
        lines: [`今のラベルは ${have.join('、')} です。全部で残り${sheets(left)}。`],
      }
    },
    reviewQueue: ({ left, agreement, after }) => ({
      before: describeAfter(m, after),
      headline: left === 0 ? '見直す画像はもうありません。' : `ラベルが間違っていそうな画像が${sheets(left)}あります。`,
      lines: [agreement > 1 && `見直し担当${number(agreement)}人の一致が必要です。`],
    }),
  }
}
