/** Control characters of file names and labels are shown, not obeyed. */
export const plain = (text: string): string =>
  text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))

/** A share from 0 to 1, as in `96.3 %`. */
export const percent = (share: number): string => `${decimal(100 * share)} %`

/** An interval of shares, as in `94.5–97.5 %`. */
export const percentRange = ([low, high]: readonly [number, number]): string =>
  `${decimal(100 * low)}–${decimal(100 * high)} %`

const decimal = (value: number): string => value.toFixed(1).replace(/\.0$/, '')

/** A number with its noun, as in `1 picture` and `1,200 pictures`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** A moment of the database (ISO 8601, UTC) to the minute. */
export const minute = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

/** The first items with commas, and how many more there are. */
export function list(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ')
  return items.length > most ? `${shown} and ${items.length - most} more` : shown
}

/** Lines below each other; what is left out is false, null or empty. */
export const lines = (...all: (string | false | null | undefined)[]): string => all.filter(Boolean).join('\n')
