import type { Results } from '../../commands/results.ts'
import type { Answer } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'

type Setup = Results['setup']

type SetupWords = {
  /** The first question; the others are headlines below. */
  language: string
  welcome: { headline: string; intro: string; onlyManagers: string }
  teachers: { headline: string; others: string }
  channel: { headline: string; answers: string }
  done: {
    headline: string
    /** @param channels '' where none is watched */
    chosen(teacher: Setup['teacher'], channels: string): string
    next: string
  }
  /** The Message Content intent is missing. */
  noPosts: string
}

/** The questions that a server is asked when the bot arrives. */
export function layOutSetup(m: Markup, words: SetupWords): ResultWords<'setup'> {
  const { welcome, teachers, channel, done } = words

  return {
    setup(setup) {
      switch (setup.step) {
        case 'language':
          return setup.welcome ? greet() : { headline: words.language }
        case 'teachers':
          return { headline: teachers.headline, lines: [teachers.others] }
        case 'channel':
          return { headline: channel.headline, lines: said(channel.answers, !setup.seesPosts && words.noPosts) }
        case 'done':
          return finish(setup)
      }
    },
  }

  function greet(): Answer {
    return { headline: welcome.headline, lines: [welcome.intro, `${m.bold(words.language)}${welcome.onlyManagers}`] }
  }

  function finish({ teacher, watched, seesPosts }: Setup): Answer {
    return {
      headline: done.headline,
      lines: said(
        done.chosen(teacher, watched.map(m.channel).join(' ')),
        watched.length > 0 && !seesPosts && words.noPosts,
        done.next,
      ),
    }
  }
}
