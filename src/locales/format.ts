import type { Line, Section } from './answer.ts'

/** The lines that there is something to say in. */
export const said = (...all: (Line | false | null | undefined)[]): Line[] =>
  all.filter((line): line is Line => Boolean(line))

/** The sections that have lines. */
export const sections = (...all: (Section | false | null | undefined)[]): Section[] =>
  all.filter((section): section is Section => Boolean(section && section.lines.length > 0))

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

/** What a change in the audit log was about. */
export const describeDetail = (detail: object): string =>
  Object.entries(detail)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ')
