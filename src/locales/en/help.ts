import type { HelpTopic } from '../../commands/results.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { firstSteps } from './errors.ts'
import { inEnglish } from './say.ts'

const TOPICS: Record<HelpTopic, string> = {
  asking: 'Asking',
  adding: 'Adding pictures',
  review: 'Review',
  training: 'Training',
  server: 'This server',
  privacy: 'Help and privacy',
}

export const helpResults = (m: Markup): ResultWords<'help'> => ({
  help: ({ trained, topics }) => ({
    headline: 'What you can do here',
    lines: [
      trained
        ? `Ask me about a picture: attach it to ${inEnglish(m).command('predict')}, or choose “What is this?” in a message’s menu.`
        : firstSteps(m),
    ],
    sections: topics.map(({ topic, commands }) => ({
      title: TOPICS[topic],
      lines: commands.map(({ name, summary, id }) => `${m.command({ name, id })} ${summary}`),
    })),
  }),
})
