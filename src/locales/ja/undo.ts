import type { Results } from '../../commands/results.ts'
import type { Answer } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { withRejectedIn } from './rejected.ts'
import { inJapanese } from './say.ts'

/** 消す前の確認と、元に戻したとき。 */
export function undoResults(m: Markup) {
  const { command, number, sheets } = inJapanese(m)
  const withRejected = withRejectedIn(m)
  const since = (changed: boolean): string =>
    changed ? '先ほど表示してから内容が変わりました。もう一度ご確認ください。' : ''

  return {
    deleteLabelAsk: ({ label, examples, only, days, changed }) => ({
      headline: `${m.name(label)} と画像${sheets(examples)}を削除しますか？`,
      lines: said(
        since(changed),
        only === examples ? '' : `うち${sheets(examples - only)}はほかのラベルにもあるため、そちらに残ります。`,
        `${number(days)}日間は元に戻せます。その後は完全に削除されます。`,
      ),
    }),
    labelDeleted: ({ deleted, examples, days }) => ({
      headline: `${m.name(deleted)} と画像${sheets(examples)}を削除しました。`,
      lines: [`${number(days)}日以内なら元に戻せます：${command('labels', 'restore', deleted)}`],
    }),
    labelRestored: ({ restored, examples, left, joined }) => ({
      headline: `${m.name(restored)} と画像${sheets(examples)}を元に戻しました。`,
      lines: said(
        joined > 0 && `その間に作られた ${m.name(restored)} とひとつにしました。`,
        left > 0 && `${sheets(left)}はその後ほかの人が変更したため、今の場所に残しました。`,
      ),
    }),
    deletedLabels({ labels }): Answer {
      if (labels.length === 0) return { headline: '最近削除・統合されたラベルはありません。' }
      return {
        headline: `元に戻せるラベルが${number(labels.length)}件あります。`,
        lines: [`元に戻すには：${command('labels', 'restore', 'LABEL')}`],
        sections: sections({ lines: labels.map(describeDeleted) }),
      }
    },
    removeAsk: ({ label, pictures, rejected }) =>
      withRejected(
        { headline: `${m.name(label)} から${sheets(pictures)}を外しますか？`, lines: ['元に戻すことはできません。'] },
        rejected,
      ),
    withdrawAsk: ({ teacher, examples, changed }) => ({
      headline: `${m.person(teacher)} さんが登録した画像${sheets(examples)}をすべて取り下げますか？`,
      lines: said(since(changed), 'これらの画像なしで学習し直します。画像は残るので、あとで元に戻せます。'),
    }),
    newLabelAsk: ({ label, example }) => ({
      headline: `${m.name(label)} というラベルはありません。${m.code(`#${example}`)} を最初の画像にして作りますか？`,
    }),
  } satisfies SomeResults

  function describeDeleted({ label, examples, into, daysLeft }: Results['deletedLabels']['labels'][number]): string[] {
    const what = into === null ? '削除' : `${m.name(into)} に統合`
    return [m.name(label), sheets(examples), what, `残り${number(daysLeft)}日`]
  }
}
