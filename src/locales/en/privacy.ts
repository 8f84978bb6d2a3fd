import type { Answer } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

export function privacyResults(m: Markup) {
  const { and, command, count } = inEnglish(m)

  return {
    forgetAsk: ({ examples, everywhere }) => ({
      headline: `Delete ${count(examples, 'picture')} that you’ve added ${everywhere ? 'on all servers together' : 'here'}, your feedback, and your name in the audit log?`,
      lines: said(
        'This can’t be undone.',
        `To delete single pictures instead, attach them to ${command('forget')}.`,
        !everywhere && `To delete your data on every server, send me ${command('forget')} in a direct message.`,
      ),
    }),
    forgotten: ({ examples, everywhere }) => ({
      headline: `Deleted ${count(examples, 'picture')}${everywhere ? ' on all servers' : ''}.`,
      lines: [
        'Versions that were trained with them are deleted by the next training, or at once where too few pictures are left to train.',
      ],
    }),
    privacy: ({ learnFromPosts, graceDays, url }) => ({
      headline: 'I store what people hand me, and nothing leaves the machine that I run on.',
      lines: said('Labels describe pictures, not people.', `The whole of it: ${url}`),
      sections: sections(
        {
          title: 'What I store',
          lines: [
            `Pictures that people add with ${command('label')}: a copy of at most 512 pixels, without metadata.`,
            'Their label, who added them and when.',
            'Feedback on answers, and who changed what.',
          ],
        },
        {
          title: 'What I don’t store',
          lines: [
            'Pictures that I’m only asked about, messages, and the history of channels.',
            learnFromPosts
              ? 'The owner of this server allows adding posted pictures; those of other people only if they agree.'
              : 'I never learn from pictures that are only posted.',
          ],
        },
        {
          title: 'Your data',
          lines: [
            `${command('export')} gives you everything I have stored about you, ${command('forget')} deletes it.`,
            'On a server that means what is from there; in a direct message to me everything, from servers that you have left, too.',
            `When I’m removed from a server, its data are deleted after ${count(graceDays, 'day')}.`,
          ],
        },
      ),
    }),
    myData({ examples, feedback, changes, ignored = 0, everywhere }): Answer {
      const found = said(
        examples > 0 && count(examples, 'picture'),
        feedback > 0 && `feedback on ${count(feedback, 'answer')}`,
        changes > 0 && count(changes, 'change'),
        ignored > 0 && `that I leave your posts alone on ${count(ignored, 'server')}`,
      ).map(String)
      if (found.length === 0) return { headline: `I have nothing stored about you${everywhere ? '' : ' here'}.` }
      return {
        headline: `Everything I have stored about you ${everywhere ? 'on all servers' : 'here'}: ${and(found)}.`,
      }
    },
  } satisfies SomeResults
}
