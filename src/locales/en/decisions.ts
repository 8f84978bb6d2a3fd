import type { Markup } from '../markup.ts'
import { inEnglish } from './say.ts'

/** Pictures about which nothing was done yet, or nothing may be done by this person. */
type Undecided = { waiting: number; refused: number }

export function describeUndecided(m: Markup, { waiting, refused }: Undecided): string[] {
  const { count } = inEnglish(m)
  const texts: string[] = []
  if (waiting > 0) texts.push(`${count(waiting, 'picture')}: another reviewer has to agree first.`)
  if (refused > 0)
    texts.push(`${count(refused, 'picture was', 'pictures were')} left alone: withdrawn, or decided by reviewers.`)
  return texts
}
