import type { Markup } from './markup.ts'
import type { Words } from './words.ts'

/** The parts that there is something to say about, a line each. */
export const lines = (...parts: (string | false)[]): string => parts.filter(Boolean).join('\n')

/** @param share from 0 to 1 */
export const percent = (share: number): string => `${Math.round(100 * share)} %`

/** @param range shares from 0 to 1 */
export const interval = (range: readonly [number, number] | null): string =>
  range ? `${Math.round(100 * range[0])} – ${percent(range[1])}` : ''

const BAR_LENGTH = 10
/** @param share from 0 to 1 */
export function bar(share: number): string {
  const full = Math.round(share * BAR_LENGTH)
  return '▰'.repeat(full) + '▱'.repeat(BAR_LENGTH - full)
}

export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** `total`: how many there are, where not all were read. */
type ListWords<T> = { line(item: T): string; more(count: number): string; total?: number | undefined }

/** The first `max` items, a line each, and how many more there are. */
export function listFirst<T>(
  items: readonly T[],
  max: number,
  { line, more, total = items.length }: ListWords<T>,
): string {
  const shown = items.slice(0, max).map(line)
  return (total > shown.length ? [...shown, more(total - shown.length)] : shown).join('\n')
}

type Problem = { code: string; message: string }

const MAX_UNKNOWN_MESSAGE = 200
/** Why one of several pictures was not taken. */
export function describeProblem({ code, message }: Problem, errors: Words['errors'], m: Markup): string {
  const text = errors[code]
  return typeof text === 'function' ? text({}) : (text ?? m.text(message, MAX_UNKNOWN_MESSAGE))
}

/** What a change in the audit log was about. */
export const describeDetail = (detail: object): string =>
  Object.entries(detail)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ')
