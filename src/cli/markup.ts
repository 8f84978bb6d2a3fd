import { styleText } from 'node:util'
import type { Call, Markup } from '../locales/markup.ts'
import { momentIn } from '../locales/numbers.ts'
import { plain } from './render/format.ts'
import { hint, type Where } from './render/hint.ts'

/** What a terminal calls otherwise than a chat. */
const TYPED: Record<string, readonly string[]> = {
  label: ['import', 'FOLDER'],
}

/** How a terminal writes what people wrote, and what to type next: about the dataset that the command was about. */
export const terminalMarkup = (where: Where, language: string): Markup => ({
  text: plain,
  name: (text) => bold(plain(text)),
  bold,
  code: plain,
  command: (call) => hint(where, ...typed(call)),
  file: plain,
  technical: plain,
  person: plain,
  channel: (id) => `#${plain(id)}`,
  role: (id) => `@${plain(id)}`,
  moment: (iso) => momentIn(language, iso),
  bar: () => '',
  hasButtons: false,
  digits: 1,
})

function typed({ name, words = [] }: Call): readonly (string | number)[] {
  return words.length === 0 ? (TYPED[name] ?? [name]) : [name, ...words]
}

/** Nothing where stdout is a file or a pipe, or where colours are not wanted. */
const bold = (text: string): string => styleText('bold', text, { stream: process.stdout })
