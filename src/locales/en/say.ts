import type { Markup } from '../markup.ts'
import { numbersIn } from '../numbers.ts'
import { ENGLISH } from './style.ts'

/** What English texts are made with, in the markup of a front end. */
export function inEnglish(m: Markup) {
  const numbers = numbersIn(ENGLISH, m)
  /** `1 picture`, `3 pictures`. */
  const count = (n: number, one: string, several = `${one}s`): string =>
    `${numbers.number(n)} ${numbers.plural(n) === 'one' ? one : several}`
  return {
    ...numbers,
    count,
    more: (n: number): string => `… and ${numbers.number(n)} more`,
    /** Those that there is something to say in, as one text. */
    sentences: (...all: (string | false)[]): string => all.filter(Boolean).join(' '),
    /** A command, with what is given to it. */
    command: (name: string, ...words: (string | number)[]): string => m.command({ name, words }),
  }
}
