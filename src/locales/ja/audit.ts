import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { type Detail, readDetail } from '../detail.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inJapanese } from './say.ts'
import { settingName } from './settings.ts'

type Change = Results['audit']['changes'][number]

export function auditResults(m: Markup): ResultWords<'audit'> {
  const { and, percent, sheets } = inJapanese(m)

  return {
    audit: ({ changes }) =>
      changes.length === 0
        ? { headline: 'まだ何も変更されていません。' }
        : {
            headline: '変更履歴（新しい順）',
            sections: [{ lines: changes.map(line) }],
          },
  }

  function line({ id, at, by, action, dataset, detail }: Change): Line {
    const where = dataset === null ? '' : m.technical(dataset)
    return [m.technical(`#${id}`), m.moment(at), `${m.person(by)}：${describe(action, readDetail(detail))}`, where]
  }

  /** What a person did. */
  function describe(action: Change['action'], d: Detail): string {
    const label = name(d, 'label')
    const pictures = (key: string): string => sheets(d.count(key) ?? 1)
    const example = number(d, 'example')
    switch (action) {
      case 'filed':
        return `${label && `${label} に`}${example || '画像'}を登録`
      case 'unfiled':
        return `${label && `${label} から`}${d.count('examples') === undefined ? '画像' : pictures('examples')}を外す`
      case 'moved':
        return `${example || '画像'}を${fromTo(d)}移動`
      case 'excluded':
      case 'restored':
        return withdrawal(action, d)
      case 'reviewed':
        return review(d)
      case 'review undone':
        return `${example && `${example} の`}判断を取り消し`
      case 'forgotten':
        return `${pictures('examples')}を完全に削除`
      case 'label renamed':
        return `${name(d, 'renamed')} の名前を ${name(d, 'to')} に変更`
      case 'labels merged':
        return `${name(d, 'merged')} を ${name(d, 'into')} に統合`
      case 'label deleted':
        return `${label} と画像${pictures('examples')}を削除`
      case 'label restored':
        return `${label} と画像${pictures('examples')}を元に戻す`
      case 'label purged':
        return `${label ? `${label} ` : pictures('examples')}を完全に削除`
      case 'cleaned up':
        return `${person(d, 'teacher')} さんがしたことを元に戻す`
      case 'dataset renamed':
        return `データセット ${name(d, 'renamed')} の名前を ${name(d, 'to')} に変更`
      case 'dataset copied':
        return `データセット ${name(d, 'copied')} を ${name(d, 'to')} に複製`
      case 'dataset deleted':
        return `データセット ${name(d, 'deleted')} を削除`
      case 'trained':
        return `バージョン${d.text('version') ?? ''}を学習${accuracy(d)}`
      case 'promoted':
        return `バージョン${d.text('version') ?? ''}に切り替え`
      case 'backbone changed':
        return `画像を読むネットワークを ${name(d, 'backbone')} に変更`
      case 'settings changed':
        return settings(d)
      case 'feedback':
        return feedback(d)
      case 'person blocked':
      case 'person unblocked':
        return `${AUDIT_ACTIONS[action]}：${person(d, 'person')}`
      default:
        return [AUDIT_ACTIONS[action] ?? m.text(action), name(d, 'server')].filter(Boolean).join('：')
    }
  }

  function name(d: Detail, key: string): string {
    const text = d.text(key)
    return text === undefined ? '' : m.name(text)
  }
  function person(d: Detail, key: string): string {
    const id = d.text(key)
    return id === undefined ? 'ある人' : m.person(id)
  }
  function number(d: Detail, key: string): string {
    const id = d.text(key)
    return id === undefined ? '' : m.code(`#${id}`)
  }
  function fromTo(d: Detail): string {
    const [from, to] = [name(d, 'from'), name(d, 'to')]
    return `${from && ` ${from} から`}${to && ` ${to} に`}`
  }

  function withdrawal(action: 'excluded' | 'restored', d: Detail): string {
    const whose = d.text('teacher') === undefined ? '' : `${person(d, 'teacher')} さんの`
    const pictures = d.count('examples') === undefined ? '画像' : `画像${sheets(d.count('examples') ?? 0)}`
    return action === 'excluded' ? `${whose}${pictures}を取り下げ` : `${whose}${pictures}を元に戻す`
  }

  function review(d: Detail): string {
    const example = number(d, 'example') || '画像'
    const agreed = d.list('also').length > 0 ? `（同意：${and(d.list('also').map(m.person))}）` : ''
    const from = name(d, 'from')
    switch (d.text('decision')) {
      case 'keep':
        return `${example} を${from && ` ${from} の`}ままに${agreed}`
      case 'move':
        return `${example} を${fromTo(d)}移動${agreed}`
      case 'exclude':
        return `${example}${from && `（${from}）`}を除外${agreed}`
      case 'restore':
        return `${example} を学習に戻す${agreed}`
      default:
        return `${example} を見直し`
    }
  }

  function accuracy(d: Detail): string {
    const share = d.count('accuracy')
    const parts = [share === undefined ? '' : `精度${percent(share)}`, d.isTrue('promoted') ? '使用中' : '']
    const told = parts.filter(Boolean).join('、')
    return told && `（${told}）`
  }

  function settings({ entries }: Detail): string {
    const names = [...new Set(entries.flatMap(([option]) => settingName(option) ?? []))]
    return names.length === 0 ? '設定を変更' : `設定を変更（${and(names)}）`
  }

  function feedback(d: Detail): string {
    const [answer, truth] = [name(d, 'said') || '「わかりません」', name(d, 'truth')]
    if (d.isTrue('right') || d.count('right') === 1) return `${answer} を正解と評価`
    return `${answer} を不正解と評価${truth && `（正しくは ${truth}）`}`
  }
}
