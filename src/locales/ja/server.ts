import type { Results } from '../../commands/results.ts'
import { describeDetail, lines, listFirst } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { slash } from './commands.ts'
import { more } from './more.ts'

type Key = 'settings' | 'audit' | 'withdrawn' | 'restored'
type Settings = Results['settings']['settings']

const MAX_CHANGES = 15

const POSTED: Record<Settings['answer'], string> = {
  sure: '自信があるときだけ',
  'sure and unsure': '自信があるときと、たぶんわかるとき（わからない画像には答えません）',
  all: 'いつでも（わからない画像にも答えます）',
}

const CAUTION: Record<Settings['caution'], string> = {
  low: '「わかりません」はまれ（登録したラベルの画像の約2％）',
  normal: '「わかりません」は控えめ（登録したラベルの画像の約5％）',
  high: '「わかりません」は多め（登録したラベルの画像の約15％）',
}

const ROLES: Record<string, string> = {
  teacher: '登録担当',
  trainer: '学習担当',
  reviewer: '見直し担当',
  manager: '管理者',
}

export function serverResults(m: Markup): ResultWords<Key> {
  return {
    settings: ({ settings: s, changed, formerConfidence }) =>
      lines(
        changed.length > 0 && `保存しました：${changed.join(', ')}`,
        formerConfidence !== undefined &&
          `\`confidence\` は \`answer\` になりました。これまでの${formerConfidence} %は \`${s.answer}\` として扱います。`,
        `**見守るチャンネル** ${s.watched.map(m.channel).join(' ') || 'なし'}`,
        `**データセット** ${datasets(s) || 'すべて main'}`,
        `**ロール** ${roles(s) || 'なし：メッセージを管理できる人が登録・学習・見直しを、サーバーを管理できる人が設定をします'}`,
        `**見守るチャンネルでの回答** ${s.answer}：${POSTED[s.answer]}`,
        `**慎重さ** ${s.caution}：${CAUTION[s.caution]}`,
        `**再学習** ${retraining(s)}`,
        s.agreement > 1 && '**見直し** 二人の同意が必要',
        `**言語** ${s.language === 'auto' ? '一人ひとりの言語' : s.language}`,
        `**投稿からの学習** ${s.learnFromPosts ? 'オン' : 'オフ。先にDiscordの許可が必要で、オンにできるのは所有者だけです'}`,
      ),
    audit: ({ changes }) =>
      changes.length === 0
        ? 'まだ何も変更されていません。'
        : listFirst(changes, MAX_CHANGES, {
            line: ({ at, by, action, detail }) =>
              `${m.moment(at)} ${m.person(by)} ${AUDIT_ACTIONS[action] ?? m.text(action)} ${m.text(describeDetail(detail))}`,
            more,
          }),
    withdrawn: ({ teacher, examples, version, active }) => {
      if (examples === 0) return `${m.person(teacher)} さんが登録した画像はありません。`
      const after =
        version === null ? '学習に必要な画像が残っていません。' : `残りの画像からバージョン${version}を学習しました。`
      const withdrew = `${m.person(teacher)} さんが登録した${examples}枚を取り下げました。${after}`
      if (active === null || active === version) return withdrew
      const still = `${withdrew}現在もバージョン${active}が回答に使われており、これらの画像を学習している可能性があります。`
      return version === null ? still : `${still}バージョン${version}に切り替える：\`rollback ${version}\``
    },
    restored: ({ teacher, examples }) => `${m.person(teacher)} さんが登録した${examples}枚を元に戻しました。`,
  }

  function datasets({ datasets }: Settings): string {
    const texts = Object.entries(datasets).map(([channel, name]) => `${m.channel(channel)} ${m.text(name)}`)
    return texts.join(' · ')
  }

  function roles({ roles }: Settings): string {
    const texts = Object.entries(roles).map(([name, id]) => `${ROLES[name] ?? name} ${m.role(id)}`)
    return texts.join(' · ')
  }
}

function retraining({ retraining, every, schedule }: Settings): string {
  switch (retraining) {
    case 'at-once':
      return '自動（登録が落ち着いたらすぐ）'
    case 'after':
      return `新しい画像${every}枚ごと`
    case 'schedule':
      return `予定：\`${schedule}\``
    case 'by-hand':
      return `手動（${slash('train')}）`
  }
}
