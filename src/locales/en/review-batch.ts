import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

type After = Results['reviewDone']['after']

const DECIDED: Record<string, string> = {
  keep: 'Kept',
  exclude: 'Excluded',
  move: 'Moved',
  skip: 'Skipped',
  undo: 'Undone',
}

/** What became of the decision before, and what of it did not. */
export function describeAfter(m: Markup, after: After): Line[] {
  if (!after) return []
  const { and, count } = inEnglish(m)
  const { decision, waits, pictures, refused = 0, changed = [] } = after
  const what = DECIDED[decision] ?? ''
  const done = pictures === undefined ? what : `${what} ${count(pictures, 'picture')}`
  return said(
    pictures !== 0 &&
      what !== '' &&
      (waits
        ? `Noted${pictures === undefined ? '' : ` for ${count(pictures, 'picture')}`}. Another reviewer has to agree.`
        : `${done}.`),
    said(
      refused > 0 && `${count(refused, 'picture')} left: withdrawn, or decided by others.`,
      changed.length > 0 && `Changed meanwhile and left: ${and(changed.map(describeChanged))}.`,
    ).join(' '),
  )

  function describeChanged({ example, label }: { example: number; label: string | null }): string {
    return label === null ? `${m.code(`#${example}`)} (gone)` : `${m.code(`#${example}`)} (${m.name(label)})`
  }
}

export function reviewBatchResults(m: Markup): ResultWords<'reviewBatch' | 'reviewQueue'> {
  const { and, count, number } = inEnglish(m)
  return {
    reviewBatch({ suggested, suspects, left, after }) {
      const pictures = suspects.length
      const labels = Map.groupBy(suspects, ({ label }) => label)
      const have = [...labels].map(([label, some]) => `${m.name(label)} (${some.length})`)
      return {
        before: describeAfter(m, after),
        headline:
          suggested === null
            ? `${count(pictures, 'picture looks', 'pictures look')} like none of the labels.`
            : `${count(pictures, 'picture looks', 'pictures look')} like ${m.name(suggested)}.`,
        lines: [`Now under ${and(have)}. ${count(left, 'picture')} left in all.`],
      }
    },
    reviewQueue: ({ left, agreement, after }) => ({
      before: describeAfter(m, after),
      headline:
        left === 0 ? 'Nothing is left to review.' : `${count(left, 'picture looks', 'pictures look')} mislabelled.`,
      lines: [agreement > 1 && `${number(agreement)} reviewers have to agree.`],
    }),
  }
}
