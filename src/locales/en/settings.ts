import { CAUTIONS } from '../../../models/evaluation/refusals.ts'
import { layOutSettings, type Settings, type SettingsWords, topicOf } from '../layouts/settings.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

const NAMES: SettingsWords['names'] = {
  watched: 'Watched channels',
  answer: 'Answers in watched channels',
  caution: 'Caution',
  roles: 'Roles',
  agreement: 'Reviews',
  retraining: 'Training',
  datasets: 'Datasets',
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
  const topic = topicOf(option)
  return topic && NAMES[topic].toLowerCase()
}

export function settingsResults(m: Markup): ResultWords<'settings'> {
  const { and, command, count, percent } = inEnglish(m)

  const values: SettingsWords['values'] = {
    watched: ({ watched }) => and(watched.map(m.channel)) || 'none',
    answer: ({ answer }) => POSTED[answer],
    caution: ({ caution }) =>
      `${caution}. I ${CAUTION[caution]} say “I don’t recognize this” (about ${percent(CAUTIONS[caution])} of pictures of your labels).`,
    roles,
    agreement: ({ agreement }) => (agreement > 1 ? 'two reviewers must agree' : 'one reviewer decides'),
    retraining,
    datasets: ({ datasets }) =>
      and(Object.entries(datasets).map(([channel, name]) => `${m.name(name)} in ${m.channel(channel)}`)) ||
      'one for the whole server',
    news: ({ news }) => (news === undefined ? 'with your next command' : `in ${m.channel(news)}`),
    language: ({ language }) => LANGUAGES[language],
    posts: ({ learnFromPosts }) =>
      learnFromPosts ? 'on' : 'off. It takes Discord’s permission first, and only the owner can turn it on',
  }

  return layOutSettings(m, {
    headline: 'Settings of this server',
    names: NAMES,
    values,
    changed: {
      watched: ({ watched }) =>
        watched.length > 0
          ? `I’ll now answer pictures in ${and(watched.map(m.channel))}.`
          : 'I no longer watch any channel.',
      answer: ({ answer }) => `In watched channels I’ll now answer ${POSTED[answer]}.`,
      caution: (s) => `Caution: ${values.caution(s)}`,
      roles: (s) => `Roles: ${values.roles(s)}.`,
      agreement: ({ agreement }) => (agreement > 1 ? 'Two reviewers must agree now.' : 'One reviewer decides now.'),
      retraining: (s) => `Training: ${values.retraining(s)}.`,
      datasets: (s) => `Datasets: ${values.datasets(s)}.`,
      news: (s) => `I’ll now tell managers news ${values.news(s)}.`,
      language: ({ language }) =>
        language === 'auto'
          ? 'I’ll now answer each person in their own language.'
          : `I’ll now answer in ${LANGUAGES[language]}.`,
      posts: ({ learnFromPosts }) =>
        learnFromPosts ? 'Posted pictures may be added now.' : 'I no longer learn from posted pictures.',
    },
    former: (confidence, { answer }) =>
      `There are three kinds of answers now instead of a percentage. Your ${confidence} % has become: ${POSTED[answer]}.`,
  })

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
