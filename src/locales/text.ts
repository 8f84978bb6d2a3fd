import { escapeMarkdown } from 'discord.js'
import type { Words } from './words.ts'

/** What a stranger wrote, as they wrote it: no markup of it works, and it is not endless. */
export function shown(text: string, longest = 100): string {
  const cut = [...text].length > longest ? `${[...text].slice(0, longest - 1).join('')}…` : text
  return escapeMarkdown(cut.replace(/\s+/g, ' '), {
    heading: true,
    bulletedList: true,
    numberedList: true,
    maskedLink: true,
  })
    .replace(/^[>-]/, (c) => `\\${c}`)
    .replace(/[<@]/g, (c) => `${c}\u200b`)
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`
export const interval = (range: readonly [number, number] | null): string =>
  range ? `${Math.round(100 * range[0])} – ${percent(range[1])}` : ''

const BLOCKS = 10
/** A share from 0 to 1 as a small bar. */
export const bar = (share: number): string => {
  const full = Math.round(share * BLOCKS)
  return '▰'.repeat(full) + '▱'.repeat(BLOCKS - full)
}

/** A person as Discord shows them; whoever is none of its people by name. */
export const who = (id: string): string => (/^\d{15,20}$/.test(id) ? `<@${id}>` : shown(id))
export const when = (iso: string): string => `<t:${Math.floor(Date.parse(iso) / 1000)}:R>`
export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`
/** The first of many, and how many more there are. */
export function some<T>(
  all: readonly T[],
  most: number,
  line: (item: T) => string,
  more: (n: number) => string,
): string {
  const lines = all.slice(0, most).map(line)
  return [...lines, ...(all.length > most ? [more(all.length - most)] : [])].join('\n')
}

export type Problem = { code: string; message: string }
/** Why one of several was not taken. */
export function sayProblem(errors: Words['errors'], { code, message }: Problem): string {
  const words = errors[code]
  return typeof words === 'function' ? words({}) : (words ?? shown(message, 200))
}

/** What a change was, as the log has it. */
export const detail = (values: object): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ')
