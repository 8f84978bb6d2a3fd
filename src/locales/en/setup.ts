import type { Results } from '../../commands/results.ts'
import type { Answer } from '../answer.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

type Setup = Results['setup']

const FIRST_QUESTION = 'Step 1 of 3: Which language shall I answer in?'

export function setupResults(m: Markup): ResultWords<'setup'> {
  const { command } = inEnglish(m)
  const noPosts = `I can’t see what others post yet: my operator has to grant the “Message Content” intent. Until then, mention me or use ${command('predict')}.`

  return {
    setup: (setup) => {
      switch (setup.step) {
        case 'language':
          return setup.welcome ? welcome() : { headline: FIRST_QUESTION }
        case 'teachers':
          return {
            headline: 'Step 2 of 3: Who may teach me?',
            lines: ['Teachers add pictures. Whoever can manage messages always may; choose who else.'],
          }
        case 'channel':
          return {
            headline: 'Step 3 of 3: Shall I watch a channel?',
            lines: ['I’ll answer the pictures posted there when I recognize them.', !setup.seesPosts && noPosts],
          }
        case 'done':
          return done(setup)
      }
    },
  }

  function welcome(): Answer {
    return {
      headline: 'Hi! I learn to tell your pictures apart.',
      lines: [
        `Show me a few pictures of each label, and I’ll tell you which label a new picture has. ${command('privacy')} shows what I store.`,
        `${m.bold(FIRST_QUESTION)} (Only server managers can choose.)`,
      ],
    }
  }

  function done({ teacher, watched, seesPosts }: Setup): Answer {
    const channels = watched.map(m.channel).join(' ')
    return {
      headline: 'All set!',
      lines: [
        `${teachers(teacher)} may teach me. ${channels ? `I’ll answer pictures in ${channels}.` : 'I watch no channel.'}`,
        watched.length > 0 && !seesPosts && noPosts,
        `Now add a few pictures to two or more labels. I train on them automatically. ${command('settings')} changes everything later.`,
      ],
    }
  }

  function teachers(teacher: Setup['teacher']): string {
    if (teacher === null) return 'Whoever can manage messages'
    return teacher === 'everybody' ? 'Everybody' : `${m.role(teacher)}, and whoever can manage messages,`
  }
}
