import type { Markup } from './markup.ts'

type Unit = 's' | 'min' | 'h'

/** How a language writes what `Intl` leaves to it. */
type Style = {
  language: string
  /** As in `96 %`. */
  percent: (digits: string) => string
  unit: Record<Unit, (digits: string) => string>
  /** Between `3 min` and `20 s`. */
  between: string
}

const [MINUTE, HOUR] = [60, 3600]
/** Shorter times have a digit after the point. */
const SHORT = 10
/** From so many bytes on, a size is in this unit. */
const SIZES = [
  { from: 1e9, unit: 'gigabyte' },
  { from: 1e6, unit: 'megabyte' },
  { from: 1e3, unit: 'kilobyte' },
] as const

/** Makes what it is asked for once: `Intl` takes milliseconds. */
function cached<T>(make: (language: string, options: string) => T): (language: string, options?: string) => T {
  const made = new Map<string, T>()
  return (language, options = '{}') => {
    const key = `${language} ${options}`
    const found = made.get(key) ?? make(language, options)
    made.set(key, found)
    return found
  }
}

const numberFormat = cached((language, options) => new Intl.NumberFormat(language, JSON.parse(options)))
const listFormat = cached((language, options) => new Intl.ListFormat(language, JSON.parse(options)))
const dateFormat = cached((language, options) => new Intl.DateTimeFormat(language, JSON.parse(options)))
const pluralRules = cached((language) => new Intl.PluralRules(language))

/** Numbers, shares, sizes, times and lists in one language. */
export function numbersIn({ language, percent, unit, between }: Style, { digits }: Pick<Markup, 'digits'>) {
  const format = (value: number, options: Intl.NumberFormatOptions = {}): string =>
    numberFormat(language, JSON.stringify(options)).format(value)
  const decimal = (value: number, maximumFractionDigits = 1): string => format(value, { maximumFractionDigits })
  const time = (amount: number, of: Unit): string => unit[of](format(Math.floor(amount)))

  return {
    number: (value: number): string => format(value),
    decimal,
    /** Which form goes with a number: `one` or `other` in English. */
    plural: (n: number): Intl.LDMLPluralRule => pluralRules(language).select(n),
    /** @param share from 0 to 1 */
    percent: (share: number): string => percent(decimal(100 * share, digits)),
    /** @param range shares from 0 to 1 */
    percentRange: ([low, high]: readonly [number, number]): string =>
      percent(`${decimal(100 * low, digits)}–${decimal(100 * high, digits)}`),
    bytes(bytes: number): string {
      const size = SIZES.find(({ from }) => bytes >= from) ?? SIZES[2]
      return format(bytes / size.from, { style: 'unit', unit: size.unit, maximumFractionDigits: 1 })
    },
    milliseconds: (value: number): string => format(Math.round(value), { style: 'unit', unit: 'millisecond' }),
    /** Seconds as `4.2 s`, `40 s`, `3 min 20 s` or `2 h 5 min`. */
    duration(seconds: number): string {
      if (seconds < SHORT) return unit.s(decimal(seconds))
      const whole = Math.ceil(seconds)
      if (whole < MINUTE) return time(whole, 's')
      if (whole < HOUR) return [time(whole / MINUTE, 'min'), time(whole % MINUTE, 's')].join(between)
      return [time(whole / HOUR, 'h'), time((whole % HOUR) / MINUTE, 'min')].join(between)
    },
    /** `a`, `a and b`, `a, b and c`. */
    and: (words: readonly string[]): string => listFormat(language, '{"type":"conjunction"}').format(words),
    or: (words: readonly string[]): string => listFormat(language, '{"type":"disjunction"}').format(words),
  }
}

export type Numbers = ReturnType<typeof numbersIn>

/** A moment to the minute, where the clock of this machine is. @param iso a time in ISO 8601 */
export const momentIn = (language: string, iso: string): string =>
  dateFormat(language, '{"dateStyle":"medium","timeStyle":"short"}').format(new Date(iso))
