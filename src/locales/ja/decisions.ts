import type { Markup } from '../markup.ts'
import { inJapanese } from './say.ts'

/** Pictures about which nothing was done yet, or nothing may be done by this person. */
type Undecided = { waiting: number; refused: number }

export function describeUndecided(m: Markup, { waiting, refused }: Undecided): string[] {
  const { sheets } = inJapanese(m)
  const texts: string[] = []
  if (waiting > 0) texts.push(`${sheets(waiting)}は、もう一人の見直し担当の同意が必要です。`)
  if (refused > 0) texts.push(`${sheets(refused)}は、取り下げ済みか見直し担当が判断済みのため、そのままです。`)
  return texts
}
