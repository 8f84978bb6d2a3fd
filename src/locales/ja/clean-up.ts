import type { Results } from '../../commands/results.ts'
import type { Answer, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inJapanese } from './say.ts'

type CleanUp = Results['cleanedUp']
type TouchedLabel = CleanUp['labels'][number]

export function cleanUpResults(m: Markup): ResultWords<'cleanUpFound' | 'cleanedUp'> {
  const { number, sheets } = inJapanese(m)

  return {
    cleanUpFound(found): Answer {
      const { person, since, changed } = found
      const who = `${m.person(person)} さん`
      const parts = describe(found)
      if (parts.length === 0)
        return {
          headline: `${m.moment(since)} 以降に ${who}が行ったことで、取り消せるものはありません。`,
          sections: leftAlone(found),
        }
      return {
        headline: `${who}が ${m.moment(since)} 以降に行ったことを取り消しますか？`,
        lines: said(
          changed && '先ほど表示したときから変わりました。もう一度ご確認ください。',
          `${parts.join('、')}。`,
          found.additions > 0 && '登録された画像は削除され、元に戻すことはできません。',
        ),
        sections: [...touched(found), ...leftAlone(found)],
      }
    },
    cleanedUp: (done) => ({
      headline: `${m.person(done.person)} さんが ${m.moment(done.since)} 以降に行ったことを取り消しました。`,
      lines: said(
        describe(done).length > 0 ? `${describe(done).join('、')}。` : '取り消すものは残っていませんでした。',
      ),
      sections: [...touched(done), ...leftAlone(done)],
    }),
  }

  function describe({ additions, decisions, feedback, labels, withdrawals }: CleanUp): string[] {
    return [
      additions > 0 && `登録された画像${sheets(additions)}`,
      decisions > 0 && `移動と判断${number(decisions)}件`,
      labels.length > 0 && `ラベルの変更${number(labels.length)}件`,
      withdrawals.length > 0 && `取り下げ${number(withdrawals.length)}件`,
      feedback > 0 && `答えへの評価${number(feedback)}件`,
    ].filter((part) => part !== false)
  }

  function touched({ labels, withdrawals }: CleanUp): Section[] {
    return sections(
      { title: 'ラベル', lines: labels.map(describeLabel) },
      { title: '取り下げ・取り下げの解除', lines: withdrawals.map((teacher) => `${m.person(teacher)} さん`) },
    )
  }

  function leftAlone({ left, lost }: CleanUp): Section[] {
    const pictures = left.pictures.map(({ example, label, dataset }) => [
      m.code(`#${example}`),
      m.name(label),
      m.text(dataset),
    ])
    return sections(
      {
        title: 'その後ほかの人が変更したため残すもの',
        lines: said(
          left.additions > 0 && `登録された画像${sheets(left.additions)}`,
          ...pictures,
          left.decisions > 0 && `移動と判断${number(left.decisions)}件`,
          ...left.labels.map(describeLabel),
        ),
      },
      {
        title: '取り消せないもの',
        lines: lost.map(({ action, changes }) => [AUDIT_ACTIONS[action], `${number(changes)}件`]),
      },
    )
  }

  function describeLabel({ what, label, to, dataset }: TouchedLabel): string[] {
    const did = {
      deleted: `${m.name(label)} の削除`,
      merged: `${m.name(label)} を ${m.name(to ?? '')} に統合`,
      renamed: `${m.name(label)} を ${m.name(to ?? '')} に改名`,
    }
    return [did[what], m.text(dataset)]
  }
}
