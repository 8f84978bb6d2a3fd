import { type ChangeFacts, layOutAudit } from '../layouts/audit.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inJapanese } from './say.ts'
import { settingName } from './settings.ts'

const SOMEBODY = 'ある人'

export function auditResults(m: Markup): ResultWords<'audit'> {
  const { and, percent, sheets } = inJapanese(m)
  const all = ({ pictures = 1 }: ChangeFacts): string => sheets(pictures)
  const one = ({ example }: ChangeFacts): string => example || '画像'
  const fromTo = ({ from, to }: ChangeFacts): string => `${from && ` ${from} から`}${to && ` ${to} に`}`
  const withdrawn = ({ teacher, pictures }: ChangeFacts): string =>
    `${teacher && `${teacher} さんの`}画像${pictures === undefined ? '' : sheets(pictures)}`
  const agreed = (f: ChangeFacts): string => (f.agreed.length > 0 ? `（同意：${and(f.agreed)}）` : '')

  return layOutAudit(m, {
    none: 'まだ何も変更されていません。',
    headline: '変更履歴（新しい順）',
    line: (who, what) => `${who}：${what}`,
    actions: AUDIT_ACTIONS,
    about: (action, name) => `${action}：${name}`,
    did: {
      filed: (f) => `${f.label && `${f.label} に`}${one(f)}を登録`,
      unfiled: (f) => `${f.label && `${f.label} から`}${f.pictures === undefined ? '画像' : sheets(f.pictures)}を外す`,
      moved: (f) => `${one(f)}を${fromTo(f)}移動`,
      excluded: (f) => `${withdrawn(f)}を取り下げ`,
      restored: (f) => `${withdrawn(f)}を元に戻す`,
      'review undone': ({ example }) => `${example && `${example} の`}判断を取り消し`,
      forgotten: (f) => `${all(f)}を完全に削除`,
      'label renamed': ({ renamed, to }) => `${renamed} の名前を ${to} に変更`,
      'labels merged': ({ merged, into }) => `${merged} を ${into} に統合`,
      'label deleted': (f) => `${f.label} と画像${all(f)}を削除`,
      'label restored': (f) => `${f.label} と画像${all(f)}を元に戻す`,
      'label purged': (f) => `${f.label ? `${f.label} ` : all(f)}を完全に削除`,
      'cleaned up': ({ teacher }) => `${teacher || SOMEBODY} さんがしたことを元に戻す`,
      'dataset renamed': ({ renamed, to }) => `データセット ${renamed} の名前を ${to} に変更`,
      'dataset copied': ({ copied, to }) => `データセット ${copied} を ${to} に複製`,
      'dataset deleted': ({ deleted }) => `データセット ${deleted} を削除`,
      trained({ version, accuracy, isActive }) {
        const told = [accuracy === undefined ? '' : `精度${percent(accuracy)}`, isActive ? '使用中' : '']
          .filter(Boolean)
          .join('、')
        return `バージョン${version}を学習${told && `（${told}）`}`
      },
      promoted: ({ version }) => `バージョン${version}に切り替え`,
      'backbone changed': ({ backbone }) => `画像を読むネットワークを ${backbone} に変更`,
      'settings changed'({ options }) {
        const names = [...new Set(options.flatMap((option) => settingName(option) ?? []))]
        return names.length === 0 ? '設定を変更' : `設定を変更（${and(names)}）`
      },
      feedback({ said, truth, isRight }) {
        const answer = said || '「わかりません」'
        return isRight ? `${answer} を正解と評価` : `${answer} を不正解と評価${truth && `（正しくは ${truth}）`}`
      },
      'person blocked': ({ person }) => `${AUDIT_ACTIONS['person blocked']}：${person || SOMEBODY}`,
      'person unblocked': ({ person }) => `${AUDIT_ACTIONS['person unblocked']}：${person || SOMEBODY}`,
    },
    reviewed: {
      keep: (f) => `${one(f)} を${f.from && ` ${f.from} の`}ままに${agreed(f)}`,
      move: (f) => `${one(f)} を${fromTo(f)}移動${agreed(f)}`,
      exclude: (f) => `${one(f)}${f.from && `（${f.from}）`}を除外${agreed(f)}`,
      restore: (f) => `${one(f)} を学習に戻す${agreed(f)}`,
      otherwise: (f) => `${one(f)} を見直し`,
    },
  })
}
