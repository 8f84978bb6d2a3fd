import type { Line, Section } from './answer.ts'

/** The lines that there is something to say in. */
export const said = (...all: (Line | false | null | undefined)[]): Line[] =>
  all.filter((line): line is Line => Boolean(line))

/** The sections that have lines. */
export const sections = (...all: (Section | false | null | undefined)[]): Section[] =>
  all.filter((section): section is Section => Boolean(section && section.lines.length > 0))

const BAR_LENGTH = 10
/** @param share from 0 to 1 */
export function bar(share: number): string {
  const full = Math.round(share * BAR_LENGTH)
  return '▰'.repeat(full) + '▱'.repeat(BAR_LENGTH - full)
}
