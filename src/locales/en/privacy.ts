import { lines } from '../format.ts'
import type { ResultWords } from '../words.ts'
import { count } from './plural.ts'

type Key = 'forgetAsk' | 'forgotten' | 'privacy' | 'myData'

export const privacyResults = (): ResultWords<Key> => ({
  forgetAsk: ({ examples, everywhere }) =>
    `You’ve added ${count(examples, 'picture')} ${everywhere ? 'on all servers together' : 'here'}. Delete them, your feedback on answers, and your name in the audit log? This can’t be undone. (To delete single pictures, attach them to \`/forget\`.${everywhere ? '' : ' To delete your data on every server, send me `/forget` in a direct message.'})`,
  forgotten: ({ examples, everywhere }) =>
    `Deleted ${count(examples, 'picture')}${everywhere ? ' on all servers' : ''}. Versions that were trained with them are deleted by the next training, or at once where too few pictures are left to train.`,
  privacy: ({ learnFromPosts, graceDays, url }) =>
    lines(
      '**What I store:** pictures that people add with `/label` (a copy of at most 512 pixels, without metadata), their label, who added them and when; feedback on answers; who changed what.',
      '**What I don’t store:** pictures that I’m only asked about, messages, the history of channels.',
      learnFromPosts
        ? 'The owner of this server allows adding posted pictures; those of other people only if they agree.'
        : 'I never learn from pictures that are only posted.',
      'Labels describe pictures, not people. Nothing leaves the machine that I run on.',
      `\`/export\` gives you everything I have stored about you, \`/forget\` deletes it: on a server what is from there, in a direct message to me everything, from servers that you have left, too. When I’m removed from a server, its data are deleted after ${count(graceDays, 'day')}.`,
      url ?? '',
    ),
  myData: ({ examples, feedback, changes, everywhere }) =>
    examples + feedback + changes === 0
      ? `I have nothing stored about you${everywhere ? '' : ' here'}.`
      : `Everything I have stored about you ${everywhere ? 'on all servers' : 'here'}: ${count(examples, 'picture')}, feedback on ${count(feedback, 'answer')}, ${count(changes, 'change')}.`,
})
