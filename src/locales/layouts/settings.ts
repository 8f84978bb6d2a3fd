import type { Results } from '../../commands/results.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'

export type Settings = Results['settings']['settings']

/** What settings are about, as they are listed. */
const TOPICS = [
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
] as const
type Topic = (typeof TOPICS)[number]

/** Several options of the command are about one topic. */
const TOPIC_OF: Record<string, Topic> = {
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

export const topicOf = (option: string): Topic | undefined => TOPIC_OF[option]

export type SettingsWords = {
  headline: string
  names: Record<Topic, string>
  /** What it is set to. */
  values: Record<Topic, (settings: Settings) => string>
  /** What was just changed, as a sentence. */
  changed: Record<Topic, (settings: Settings) => string>
  /** @param confidence the percentage that was set instead of `answer` */
  former(confidence: number, settings: Settings): string
}

/** Every setting, or what was just changed alone. */
export const layOutSettings = (m: Markup, words: SettingsWords): ResultWords<'settings'> => ({
  settings({ settings, changed, formerConfidence }) {
    const topics = new Set(changed.flatMap((option) => topicOf(option) ?? []))
    const [headline, ...others] = [...topics].map((topic) => words.changed[topic](settings))
    const former = formerConfidence !== undefined && words.former(formerConfidence, settings)
    if (headline !== undefined) return { headline, lines: said(...others, former) }
    const rows = TOPICS.map((topic) => [m.bold(words.names[topic]), words.values[topic](settings)])
    return { headline: words.headline, lines: said(former), sections: [{ lines: rows }] }
  },
})
