import { layOutReview } from '../layouts/review.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { afterWords, undecidedWords } from './decisions.ts'
import { describeReasons } from './reasons.ts'
import { inEnglish } from './say.ts'

export function reviewResults(m: Markup) {
  const say = inEnglish(m)
  const { and, command, count, more, number, sentences } = say
  const pictures = (n: number): string => count(n, 'picture')
  const look = (n: number): string => count(n, 'picture looks', 'pictures look')

  return {
    ...layOutReview(m, say, {
      reasons: (reasons) => describeReasons(m, reasons),
      suspects: (n) => `${look(n)} mislabelled.`,
      noSuspects: 'No picture looks mislabelled. I check after each training.',
      toReview: `To go through them: ${command('review')}`,
      inBrackets: (file) => `(${file})`,
      ask: (label, what) => `Is this really ${label}? ${what}`,
      because: (reasons) => `${capitalize(reasons)}.`,
      notUsed: '(Not used for training.)',
      left: (n) => `${pictures(n)} left. The one in question is marked ${m.bold('?')}, the others are typical.`,
      allDone: 'All done. Nothing left to review 🎉',
      nothingToDecide: 'Nothing to decide.',
      decided: {
        keep: (n) => `Kept ${pictures(n)}. I won’t ask about them again.`,
        exclude: (n) => `Excluded ${pictures(n)} from training.`,
        move: (n, label) => `Moved ${pictures(n)}${label === null ? '' : ` to ${m.name(label)}`}.`,
        restore: (n) => `Put ${pictures(n)} back into training.`,
      },
      report: {
        counts: (examples, suspects) => `${pictures(examples)}, ${count(suspects, 'suspect')}.`,
        wrote: (file, counts) => `Wrote ${file}: ${counts}`,
      },
      seePage: 'The page has the details; the worst ones are below.',
      batch: (n, label) => `${look(n)} like ${label ?? 'none of the labels'}.`,
      batchLabels: (labels, left) =>
        `Now under ${and(labels.map(({ label, pictures: n }) => `${label} (${n})`))}. ${pictures(left)} left in all.`,
      queueEmpty: 'Nothing is left to review.',
      agreement: (reviewers) => `${number(reviewers)} reviewers have to agree.`,
      more,
      sentences,
      after: afterWords(m),
      undecided: undecidedWords(m),
    }),
    reviewUndone: ({ example, pictures: n }) => ({
      headline: `Undone: your decision about ${n === undefined ? m.code(`#${example}`) : pictures(n)}.`,
    }),
  } satisfies SomeResults
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
