import type { AfterWords, UndecidedWords } from '../layouts/decisions.ts'
import type { Markup } from '../markup.ts'
import { inEnglish } from './say.ts'

export function undecidedWords(m: Markup): UndecidedWords {
  const { count } = inEnglish(m)
  return {
    waiting: (pictures) => `${count(pictures, 'picture')}: another reviewer has to agree first.`,
    refused: (pictures) =>
      `${count(pictures, 'picture was', 'pictures were')} left alone: withdrawn, or decided by reviewers.`,
  }
}

export function afterWords(m: Markup): AfterWords {
  const { and, count, sentences } = inEnglish(m)
  const did =
    (what: string) =>
    (pictures: number | undefined): string =>
      pictures === undefined ? `${what}.` : `${what} ${count(pictures, 'picture')}.`
  return {
    decided: {
      keep: did('Kept'),
      exclude: did('Excluded'),
      move: did('Moved'),
      skip: did('Skipped'),
      undo: did('Undone'),
    },
    noted: (pictures) =>
      `Noted${pictures === undefined ? '' : ` for ${count(pictures, 'picture')}`}. Another reviewer has to agree.`,
    refused: (pictures) => `${count(pictures, 'picture')} left: withdrawn, or decided by others.`,
    changed: (examples) => `Changed meanwhile and left: ${and(examples)}.`,
    changedExample: ({ example, label }) => `${m.code(`#${example}`)} (${label === null ? 'gone' : m.name(label)})`,
    sentences,
  }
}
