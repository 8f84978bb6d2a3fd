import { numbersIn } from '../../numbers.ts'
import { ENGLISH } from '../style.ts'

/** For texts of the web page: numbers, shares, sizes, times and lists. */
export const say = numbersIn(ENGLISH, { digits: 0 })

/** `1 picture`, `3 pictures`. */
export const count = (n: number, one: string, several = `${one}s`): string =>
  `${say.number(n)} ${say.plural(n) === 'one' ? one : several}`
