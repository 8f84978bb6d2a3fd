import { CAUTIONS } from '../../../models/evaluation/refusals.ts'
import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

type Settings = Results['settings']['settings']
/** Options of the command that say the same. */
type Topic =
  | 'watched'
  | 'datasets'
  | 'roles'
  | 'answer'
  | 'caution'
  | 'retraining'
  | 'agreement'
  | 'news'
  | 'language'
  | 'posts'

const TOPICS: Record<string, Topic> = {
  watch: 'watched',
  unwatch: 'watched',
  dataset: 'datasets',
  for: 'datasets',
  teacher: 'roles',
  trainer: 'roles',
  reviewer: 'roles',
  manager: 'roles',
  noRoles: 'roles',
  answer: 'answer',
  confidence: 'answer',
  caution: 'caution',
  retraining: 'retraining',
  every: 'retraining',
  trainAt: 'retraining',
  timeZone: 'retraining',
  schedule: 'retraining',
  agreement: 'agreement',
  news: 'news',
  language: 'language',
  learnFromPosts: 'posts',
}

const NAMES: Record<Topic, string> = {
  watched: '見守るチャンネル',
  datasets: 'データセット',
  roles: 'ロール',
  answer: '見守るチャンネルでの回答',
  caution: '慎重さ',
  retraining: '学習',
  agreement: '見直し',
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
  const topic = TOPICS[option]
  return topic && NAMES[topic]
}

export function settingsResults(m: Markup): ResultWords<'settings'> {
  const { and, command, percent, sheets } = inJapanese(m)

  return {
    settings({ settings: s, changed, formerConfidence }): Answer {
      const topics = [...new Set(changed.flatMap((option) => TOPICS[option] ?? []))]
      const [headline, ...others] = topics.map((topic) => say(topic, s))
      const former =
        formerConfidence !== undefined &&
        `確信度（％）の代わりに、答え方を三段階で選べるようになりました。これまでの${formerConfidence}％は「${POSTED[s.answer]}」になりました。`
      if (headline !== undefined) return { headline, lines: said(...others, former) }
      return {
        headline: 'このサーバーの設定',
        lines: said(former),
        sections: [{ lines: rows(s) }],
      }
    },
  }

  function rows(s: Settings): Line[] {
    const topics: Topic[] = [
      'watched',
      'answer',
      'caution',
      'roles',
      'agreement',
      'retraining',
      'datasets',
      'news',
      'language',
      'posts',
    ]
    return topics.map((topic) => [m.bold(NAMES[topic]), describe(topic, s)])
  }

  /** What it is set to. */
  function describe(topic: Topic, s: Settings): string {
    switch (topic) {
      case 'watched':
        return s.watched.map(m.channel).join(' ') || 'なし'
      case 'datasets':
        return (
          Object.entries(s.datasets)
            .map(([channel, name]) => `${m.channel(channel)} は ${m.name(name)}`)
            .join('、') || 'サーバー全体で一つ'
        )
      case 'roles':
        return roles(s)
      case 'answer':
        return POSTED[s.answer]
      case 'caution':
        return `「わかりません」は${CAUTION[s.caution]}（登録したラベルの画像の約${percent(CAUTIONS[s.caution])}）`
      case 'retraining':
        return retraining(s)
      case 'agreement':
        return s.agreement > 1 ? '二人の同意が必要' : '一人で決められる'
      case 'news':
        return s.news === undefined ? '次にコマンドを使ったとき' : m.channel(s.news)
      case 'language':
        return LANGUAGES[s.language]
      case 'posts':
        return s.learnFromPosts ? 'オン' : 'オフ。先にDiscordの許可が必要で、オンにできるのは所有者だけです'
    }
  }

  /** What was just changed, as a sentence. */
  function say(topic: Topic, s: Settings): string {
    const channels = s.watched.map(m.channel).join(' ')
    switch (topic) {
      case 'watched':
        return channels ? `これからは ${channels} の画像に答えます。` : '見守るチャンネルはなくなりました。'
      case 'answer':
        return `見守るチャンネルで答えるのは、${POSTED[s.answer]}です。`
      case 'language':
        return s.language === 'auto'
          ? 'これからは、一人ひとりの言語で答えます。'
          : `これからは${LANGUAGES[s.language]}で答えます。`
      case 'agreement':
        return s.agreement > 1
          ? '見直しには二人の同意が必要になりました。'
          : '見直しは一人で決められるようになりました。'
      case 'news':
        return s.news === undefined
          ? '管理者へのお知らせは、次にコマンドを使ったときに表示します。'
          : `管理者へのお知らせは ${m.channel(s.news)} に投稿します。`
      case 'posts':
        return s.learnFromPosts ? '投稿された画像も登録できるようになりました。' : '投稿された画像からは学習しません。'
      default:
        return `${NAMES[topic]}：${describe(topic, s)}`
    }
  }

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
