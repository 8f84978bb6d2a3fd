import { numbersIn } from '../../numbers.ts'
import { JAPANESE } from '../style.ts'

/** For texts of the web page: numbers, shares, sizes, times and lists. */
export const say = numbersIn(JAPANESE, { digits: 0 })
