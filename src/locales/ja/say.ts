import type { Markup } from '../markup.ts'
import { numbersIn } from '../numbers.ts'
import { commands } from './commands.ts'
import { JAPANESE } from './style.ts'

const NAMES: Record<string, { name: string }> = commands

/** What Japanese texts are made with, in the markup of a front end. */
export function inJapanese(m: Markup) {
  const numbers = numbersIn(JAPANESE, m)
  return {
    ...numbers,
    more: (n: number): string => `… ほか${numbers.number(n)}件`,
    /** So many pictures. */
    sheets: (n: number): string => `${numbers.number(n)}枚`,
    /** Those that there is something to say in, as one text. */
    sentences: (...all: (string | false)[]): string => all.filter(Boolean).join(''),
    /** A command by its Japanese name where commands have one, with what is given to it. */
    command: (name: string, ...words: (string | number)[]): string =>
      m.command({ name, shown: NAMES[name]?.name ?? name, words }),
  }
}
