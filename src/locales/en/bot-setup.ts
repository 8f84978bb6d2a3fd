import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

/** What the set-up in the terminal says. */
export function botSetupResults(m: Markup) {
  const { and, command } = inEnglish(m)
  return {
    tokenRefused: ({ triesLeft }) => ({
      headline: 'Discord doesn’t know this token.',
      lines: said(
        triesLeft > 0 &&
          'In the Developer Portal, open your application, then Bot, and press Reset Token: it is shown once. (The client secret and the public key are no tokens.)',
      ),
    }),
    tokenAccepted: ({ name, seesContent, isPublic }) => ({
      headline: `Hello, ${m.name(name)}.`,
      lines: said(
        seesContent
          ? 'Message Content is on: pictures in watched channels can be answered.'
          : 'Message Content is off: pictures in watched channels are not answered; everything else works. To turn it on: Developer Portal, Bot, Message Content Intent.',
        'Server Members and Presence are not needed.',
        !isPublic && 'Public Bot is off: only you can add it to servers.',
      ),
    }),
    botSetUp: ({ file, written, invitation, needsEncrypt }) => ({
      headline:
        written.length > 0
          ? `Wrote ${and(written.map((name) => m.code(name)))} into ${m.text(file, Infinity)}.`
          : `Nothing has changed in ${m.text(file, Infinity)}.`,
      lines: said(
        written.includes('DATA_KEY') &&
          'Keep a copy of DATA_KEY where you keep passwords. Without it, nothing reads the pictures, and no backup helps.',
        needsEncrypt && `To encrypt the pictures that are stored already: ${command('encrypt')}`,
        `To invite the bot: ${invitation}`,
      ),
      next: [`Start it: ${command('serve')}`, `If something is wrong: ${command('doctor')}`],
    }),
    serviceWritten: ({ file, commands }) => ({
      headline: `Wrote ${m.text(file, Infinity)}. To start it, now and with every start of the machine:`,
      lines: commands.map((line) => `  ${line}`),
    }),
  } satisfies SomeResults
}
