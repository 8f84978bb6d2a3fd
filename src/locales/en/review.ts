import type { Results } from '../../commands/results.ts'
import type { Suspect } from '../../db/suspects.ts'
import type { Answer, Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { describeUndecided } from './decisions.ts'
import { describeReasons } from './reasons.ts'
import { describeAfter } from './review-batch.ts'
import { inEnglish } from './say.ts'

type Key = 'suspects' | 'suspect' | 'review' | 'reviewDone' | 'reviewed' | 'reviewUndone' | 'reported'

export function reviewResults(m: Markup): ResultWords<Key> {
  const { command, count, decimal, more } = inEnglish(m)

  return {
    suspects({ suspects, total = suspects.length }): Answer {
      if (suspects.length === 0) return { headline: 'No picture looks mislabelled. I check after each training.' }
      const rows = listSuspects(suspects, total)
      return {
        headline: `${count(total, 'picture looks', 'pictures look')} mislabelled.`,
        lines: [`To go through them: ${command('review')}`],
        sections: [{ lines: rows }],
      }
    },
    suspect: ({ id, file, label, score, reasons }) => ({
      headline: [
        m.code(`#${id}`),
        score === null ? '–' : decimal(score, 2),
        m.name(label),
        describeReasons(m, reasons),
        m.file(file) && `(${m.file(file)})`,
      ]
        .filter(Boolean)
        .join('  '),
    }),
    review: ({ example, label, file, reasons, leftOut, left, after }) => ({
      before: describeAfter(m, after),
      headline: `Is this really ${m.name(label)}? ${[m.code(`#${example}`), m.file(file)].filter(Boolean).join(' ')}`,
      lines: said(
        [`${capitalize(describeReasons(m, reasons))}.`, leftOut && '(Not used for training.)']
          .filter(Boolean)
          .join(' '),
        `${count(left, 'picture')} left. The one in question is marked ${m.bold('?')}, the others are typical.`,
      ),
    }),
    reviewDone: ({ after }) => ({
      before: describeAfter(m, after),
      headline: 'All done. Nothing left to review 🎉',
    }),
    reviewed({ decision, label, done, waiting, refused = 0 }): Answer {
      const undecided = describeUndecided(m, { waiting, refused })
      if (done === 0) {
        const [headline = 'Nothing to decide.', ...lines] = undecided
        return { headline, lines }
      }
      return { headline: describeDecision(decision, count(done, 'picture'), label), lines: undecided }
    },
    reviewUndone: ({ example, pictures }) => ({
      headline:
        pictures === undefined
          ? `Undone: your decision about ${m.code(`#${example}`)}.`
          : `Undone: your decision about ${count(pictures, 'picture')}.`,
    }),
    reported({ file, examples, suspects, listed = [] }): Answer {
      const counts = `${count(examples, 'picture')}, ${count(suspects, 'suspect')}.`
      const sections = listed.length > 0 ? [{ lines: listSuspects(listed, suspects) }] : []
      return m.file(file)
        ? { headline: `Wrote ${m.file(file)}: ${counts}`, sections }
        : { headline: counts, lines: ['The page has the details; the worst ones are below.'], sections }
    },
  }

  /** @param total of which these are the first */
  function listSuspects(suspects: readonly Suspect[], total: number): Line[] {
    const rows = suspects.map((s) => [m.code(`#${s.example}`), m.name(s.label), describeReasons(m, s.reasons)])
    return total > rows.length ? [...rows, more(total - rows.length)] : rows
  }

  function describeDecision(decision: Results['reviewed']['decision'], pictures: string, label: string | null): string {
    switch (decision) {
      case 'keep':
        return `Kept ${pictures}. I won’t ask about them again.`
      case 'exclude':
        return `Excluded ${pictures} from training.`
      case 'move':
        return `Moved ${pictures}${label === null ? '' : ` to ${m.name(label)}`}.`
      case 'restore':
        return `Put ${pictures} back into training.`
    }
  }
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
