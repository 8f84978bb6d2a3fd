import { layOutCleanUp } from '../layouts/clean-up.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inJapanese } from './say.ts'

export function cleanUpResults(m: Markup): ResultWords<'cleanUpFound' | 'cleanedUp'> {
  const { number, sheets } = inJapanese(m)

  return layOutCleanUp(m, {
    person: (id) => `${m.person(id)} さん`,
    nothing: (who, since) => `${since} 以降に ${who}が行ったことで、取り消せるものはありません。`,
    ask: (who, since) => `${who}が ${since} 以降に行ったことを取り消しますか？`,
    done: (who, since) => `${who}が ${since} 以降に行ったことを取り消しました。`,
    changed: '先ほど表示したときから変わりました。もう一度ご確認ください。',
    final: '登録された画像は削除され、元に戻すことはできません。',
    nothingLeft: '取り消すものは残っていませんでした。',
    sentence: (parts) => `${parts.join('、')}。`,
    parts: {
      additions: (n) => `登録された画像${sheets(n)}`,
      decisions: (n) => `移動と判断${number(n)}件`,
      labels: (n) => `ラベルの変更${number(n)}件`,
      withdrawals: (n) => `取り下げ${number(n)}件`,
      feedback: (n) => `答えへの評価${number(n)}件`,
    },
    titles: {
      labels: 'ラベル',
      withdrawals: '取り下げ・取り下げの解除',
      left: 'その後ほかの人が変更したため残すもの',
      lost: '取り消せないもの',
    },
    labels: {
      deleted: (label) => `${label} の削除`,
      merged: (label, into) => `${label} を ${into} に統合`,
      renamed: (label, to) => `${label} を ${to} に改名`,
    },
    actions: AUDIT_ACTIONS,
    times: (changes) => `${number(changes)}件`,
  })
}
