import type { Results } from '../../commands/results.ts'
import { lines, listFirst } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { count, more } from './plural.ts'

type Reason = Results['review']['reasons'][number]
type Key = 'suspects' | 'suspect' | 'review' | 'reviewDone' | 'reviewed' | 'reviewUndone' | 'reported'

const MAX_SUSPECTS = 15

const DECIDED: Record<string, string> = {
  keep: 'Kept',
  exclude: 'Excluded',
  move: 'Moved',
  restore: 'Restored',
  skip: 'Skipped',
  undo: 'Undone',
}

export function reviewResults(m: Markup): ResultWords<Key> {
  return {
    suspects: ({ suspects, total }) =>
      suspects.length === 0
        ? 'No picture looks mislabelled. (I check after each training.)'
        : lines(
            listFirst(suspects, MAX_SUSPECTS, {
              line: (s) => `\`#${s.example}\` **${m.text(s.label)}**: ${s.reasons.map(describe).join('; ')}`,
              more,
              total,
            }),
            '`/review` shows them one by one.',
          ),
    suspect: ({ id, label, reason }) => `\`#${id}\` **${m.text(label)}** ${m.text(reason)}`,
    review: ({ example, label, reasons, leftOut, left, after }) =>
      lines(
        decided(after),
        [
          `\`#${example}\` Is this really **${m.text(label)}**?`,
          ...reasons.map((reason) => `${capitalize(describe(reason))}.`),
          leftOut ? '(Not used for training.)' : '',
        ]
          .filter(Boolean)
          .join(' '),
        `${count(left, 'picture')} left. The one in question is marked **?**, the others are typical.`,
      ),
    reviewDone: ({ after }) => lines(decided(after), 'All done. Nothing left to review 🎉'),
    reviewed: ({ decision, label, done, waiting, refused = 0 }) =>
      lines(
        done > 0 &&
          `${DECIDED[decision] ?? decision}${label === null ? '' : ` to **${m.text(label)}**`}: ${count(done, 'picture')}.`,
        waiting > 0 && describeWaiting(waiting),
        refused > 0 && describeRefused(refused),
      ),
    reviewUndone: ({ example }) => `Undone: your decision about \`#${example}\`.`,
    reported: ({ examples, suspects }) =>
      `${count(examples, 'picture')}, ${count(suspects, 'suspect')}. The page has the details; the worst ones are below.`,
  }

  function describe(reason: Reason): string {
    switch (reason.kind) {
      case 'looks-like':
        return `looks like **${m.text(reason.label)}**`
      case 'unlike':
        return 'like nothing else under this label'
      case 'also-under':
        return `the same picture is also under **${m.text(reason.label)}**`
      case 'blank':
        return 'almost blank'
      case 'small':
        return 'very small'
    }
  }
}

const decided = (after: { decision: string; waits: boolean } | null): string => {
  if (!after) return ''
  return after.waits ? 'Noted. Another reviewer has to agree.' : `${DECIDED[after.decision] ?? after.decision}.`
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const describeWaiting = (waiting: number): string =>
  `${count(waiting, 'picture')}: another reviewer has to agree first.`

export const describeRefused = (refused: number): string =>
  `${count(refused, 'picture')} left as they are: withdrawn, or decided by reviewers.`
