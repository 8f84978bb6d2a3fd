import { CAUTIONS } from '../../../models/evaluation/refusals.ts'
import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

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
  watched: 'Watched channels',
  datasets: 'Datasets',
  roles: 'Roles',
  answer: 'Answers in watched channels',
  caution: 'Caution',
  retraining: 'Training',
  agreement: 'Reviews',
  news: 'News for managers',
  language: 'Language',
  posts: 'Learning from posts',
}

const POSTED: Record<Settings['answer'], string> = {
  sure: 'only when I’m sure',
  'sure and unsure': 'when I’m sure or think I know; I keep quiet about what I don’t recognize',
  all: 'always, even when I don’t recognize a picture',
}

const CAUTION: Record<Settings['caution'], string> = { low: 'rarely', normal: 'sometimes', high: 'often' }
const LANGUAGES: Record<Settings['language'], string> = { auto: 'each person’s own', en: 'English', ja: '日本語' }

/** What a setting of the audit log is called, in the middle of a sentence. */
export function settingName(option: string): string | undefined {
  const topic = TOPICS[option]
  return topic && NAMES[topic].toLowerCase()
}

export function settingsResults(m: Markup): ResultWords<'settings'> {
  const { and, command, count, percent } = inEnglish(m)

  return {
    settings({ settings: s, changed, formerConfidence }): Answer {
      const topics = [...new Set(changed.flatMap((option) => TOPICS[option] ?? []))]
      const [headline, ...others] = topics.map((topic) => say(topic, s))
      const former =
        formerConfidence !== undefined &&
        `There are three kinds of answers now instead of a percentage. Your ${formerConfidence} % has become: ${POSTED[s.answer]}.`
      if (headline !== undefined) return { headline, lines: said(...others, former) }
      return {
        headline: 'Settings of this server',
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
        return and(s.watched.map(m.channel)) || 'none'
      case 'datasets':
        return (
          and(Object.entries(s.datasets).map(([channel, name]) => `${m.name(name)} in ${m.channel(channel)}`)) ||
          'one for the whole server'
        )
      case 'roles':
        return roles(s)
      case 'answer':
        return POSTED[s.answer]
      case 'caution':
        return `${s.caution}. I ${CAUTION[s.caution]} say “I don’t recognize this” (about ${percent(CAUTIONS[s.caution])} of pictures of your labels).`
      case 'retraining':
        return retraining(s)
      case 'agreement':
        return s.agreement > 1 ? 'two reviewers must agree' : 'one reviewer decides'
      case 'news':
        return s.news === undefined ? 'with your next command' : `in ${m.channel(s.news)}`
      case 'language':
        return LANGUAGES[s.language]
      case 'posts':
        return s.learnFromPosts ? 'on' : 'off. It takes Discord’s permission first, and only the owner can turn it on'
    }
  }

  /** What was just changed, as a sentence. */
  function say(topic: Topic, s: Settings): string {
    const channels = and(s.watched.map(m.channel))
    switch (topic) {
      case 'watched':
        return channels ? `I’ll now answer pictures in ${channels}.` : 'I no longer watch any channel.'
      case 'answer':
        return `In watched channels I’ll now answer ${POSTED[s.answer]}.`
      case 'language':
        return s.language === 'auto'
          ? 'I’ll now answer each person in their own language.'
          : `I’ll now answer in ${LANGUAGES[s.language]}.`
      case 'agreement':
        return s.agreement > 1 ? 'Two reviewers must agree now.' : 'One reviewer decides now.'
      case 'news':
        return `I’ll now tell managers news ${describe(topic, s)}.`
      case 'posts':
        return s.learnFromPosts ? 'Posted pictures may be added now.' : 'I no longer learn from posted pictures.'
      case 'caution':
        return `Caution: ${describe(topic, s)}`
      default:
        return `${NAMES[topic]}: ${describe(topic, s)}.`
    }
  }

  function roles({ roles }: Settings): string {
    const granted = Object.entries(roles).map(([name, id]) => `${id === 'everybody' ? id : m.role(id)} (${name})`)
    const others =
      'whoever can manage messages adds, trains and reviews; whoever can manage the server changes settings'
    return granted.length === 0 ? others : `${and(granted)}; besides, ${others}`
  }

  function retraining(s: Settings): string {
    const { retraining, every } = s
    switch (retraining) {
      case 'at-once':
        return 'by itself, once no more pictures arrive for a moment'
      case 'after':
        return `by itself, after ${count(every, 'new picture')}`
      case 'schedule':
        return scheduled(s)
      case 'by-hand':
        return `by hand: ${command('train')}`
    }
  }

  function scheduled({ trainAt, timeZone, schedule }: Settings): string {
    const zone = timeZone && m.text(timeZone)
    if (trainAt !== undefined)
      return `every day at ${trainAt}:00 ${zone ? `in ${zone}` : `UTC; another zone: ${m.code('time-zone')}`}`
    return `on a schedule: ${m.code(schedule)}, by ${zone ? `the time in ${zone}` : 'the clock of my machine'}`
  }
}
