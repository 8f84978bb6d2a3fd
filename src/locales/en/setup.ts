import { layOutSetup } from '../layouts/setup.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

export function setupResults(m: Markup): ResultWords<'setup'> {
  const { command } = inEnglish(m)

  return layOutSetup(m, {
    language: 'Step 1 of 3: Which language shall I answer in?',
    welcome: {
      headline: 'Hi! I learn to tell your pictures apart.',
      intro: `Show me a few pictures of each label, and I’ll tell you which label a new picture has. ${command('privacy')} shows what I store.`,
      onlyManagers: ' (Only server managers can choose.)',
    },
    teachers: {
      headline: 'Step 2 of 3: Who may teach me?',
      others: 'Teachers add pictures. Whoever can manage messages always may; choose who else.',
    },
    channel: {
      headline: 'Step 3 of 3: Shall I watch a channel?',
      answers: 'I’ll answer the pictures posted there when I recognize them.',
    },
    done: {
      headline: 'All set!',
      chosen(teacher, channels) {
        const others =
          teacher === 'everybody'
            ? 'Everybody'
            : teacher === null
              ? 'Whoever can manage messages'
              : `${m.role(teacher)}, and whoever can manage messages,`
        return `${others} may teach me. ${channels ? `I’ll answer pictures in ${channels}.` : 'I watch no channel.'}`
      },
      next: `Now add a few pictures to two or more labels. I train on them automatically. ${command('settings')} changes everything later.`,
    },
    noPosts: `I can’t see what others post yet: my operator has to grant the “Message Content” intent. Until then, mention me or use ${command('predict')}.`,
  })
}
