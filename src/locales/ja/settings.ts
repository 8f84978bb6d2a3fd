import { CAUTIONS } from '../../../models/evaluation/refusals.ts'
import { layOutSettings, type Settings, type SettingsWords, topicOf } from '../layouts/settings.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

const NAMES: SettingsWords['names'] = {
  watched: '見守るチャンネル',
  answer: '見守るチャンネルでの回答',
  caution: '慎重さ',
  roles: 'ロール',
  agreement: '見直し',
  retraining: '学習',
  datasets: 'データセット',
  news: '管理者へのお知らせ',
  language: '言語',
  posts: '投稿からの学習',
}

const POSTED: Record<Settings['answer'], string> = {
  sure: '自信があるときだけ',
  'sure and unsure': '自信があるときと、たぶんわかるとき（わからない画像には答えません）',
  all: 'いつでも（わからない画像にも答えます）',
}

const CAUTION: Record<Settings['caution'], string> = { low: 'まれ', normal: '控えめ', high: '多め' }
const LANGUAGES: Record<Settings['language'], string> = { auto: '一人ひとりの言語', en: 'English', ja: '日本語' }
const ROLES: Record<string, string> = {
  teacher: '登録担当',
  trainer: '学習担当',
  reviewer: '見直し担当',
  manager: '管理者',
}

/** What a setting of the audit log is called. */
export function settingName(option: string): string | undefined {
  const topic = topicOf(option)
  return topic && NAMES[topic]
}

export function settingsResults(m: Markup): ResultWords<'settings'> {
  const { and, command, percent, sheets } = inJapanese(m)

  const values: SettingsWords['values'] = {
    watched: ({ watched }) => watched.map(m.channel).join(' ') || 'なし',
    answer: ({ answer }) => POSTED[answer],
    caution: ({ caution }) =>
      `「わかりません」は${CAUTION[caution]}（登録したラベルの画像の約${percent(CAUTIONS[caution])}）`,
    roles,
    agreement: ({ agreement }) => (agreement > 1 ? '二人の同意が必要' : '一人で決められる'),
    retraining,
    datasets: ({ datasets }) =>
      Object.entries(datasets)
        .map(([channel, name]) => `${m.channel(channel)} は ${m.name(name)}`)
        .join('、') || 'サーバー全体で一つ',
    news: ({ news }) => (news === undefined ? '次にコマンドを使ったとき' : m.channel(news)),
    language: ({ language }) => LANGUAGES[language],
    posts: ({ learnFromPosts }) =>
      learnFromPosts ? 'オン' : 'オフ。先にDiscordの許可が必要で、オンにできるのは所有者だけです',
  }

  return layOutSettings(m, {
    headline: 'このサーバーの設定',
    names: NAMES,
    values,
    changed: {
      watched: ({ watched }) =>
        watched.length > 0
          ? `これからは ${watched.map(m.channel).join(' ')} の画像に答えます。`
          : '見守るチャンネルはなくなりました。',
      answer: ({ answer }) => `見守るチャンネルで答えるのは、${POSTED[answer]}です。`,
      caution: (s) => `慎重さ：${values.caution(s)}`,
      roles: (s) => `ロール：${values.roles(s)}`,
      agreement: ({ agreement }) =>
        agreement > 1 ? '見直しには二人の同意が必要になりました。' : '見直しは一人で決められるようになりました。',
      retraining: (s) => `学習：${values.retraining(s)}`,
      datasets: (s) => `データセット：${values.datasets(s)}`,
      news: ({ news }) =>
        news === undefined
          ? '管理者へのお知らせは、次にコマンドを使ったときに表示します。'
          : `管理者へのお知らせは ${m.channel(news)} に投稿します。`,
      language: ({ language }) =>
        language === 'auto'
          ? 'これからは、一人ひとりの言語で答えます。'
          : `これからは${LANGUAGES[language]}で答えます。`,
      posts: ({ learnFromPosts }) =>
        learnFromPosts ? '投稿された画像も登録できるようになりました。' : '投稿された画像からは学習しません。',
    },
    former: (confidence, { answer }) =>
      `確信度（％）の代わりに、答え方を三段階で選べるようになりました。これまでの${confidence}％は「${POSTED[answer]}」になりました。`,
  })

  function roles({ roles }: Settings): string {
    const granted = Object.entries(roles).map(
      ([name, id]) => `${id === 'everybody' ? '全員' : m.role(id)}（${ROLES[name] ?? ''}）`,
    )
    const others = 'メッセージを管理できる人は登録・学習・見直しを、サーバーを管理できる人は設定をします'
    return granted.length === 0 ? others : `${and(granted)}。ほかに、${others}`
  }

  function retraining(s: Settings): string {
    const { retraining, every } = s
    switch (retraining) {
      case 'at-once':
        return '自動（登録が落ち着いたらすぐ）'
      case 'after':
        return `自動（新しい画像${sheets(every)}ごと）`
      case 'schedule':
        return scheduled(s)
      case 'by-hand':
        return `手動：${command('train')}`
    }
  }

  function scheduled({ trainAt, timeZone, schedule }: Settings): string {
    const zone = timeZone && m.text(timeZone)
    if (trainAt !== undefined) return `毎日${trainAt}時（${zone ?? `UTC。変えるには ${m.code('time-zone')}`}）`
    return `予定：${m.code(schedule)}（${zone ?? 'Mekikiが動いているマシンの時刻'}）`
  }
}
