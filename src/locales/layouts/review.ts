import type { Results } from '../../commands/results.ts'
import type { Reason } from '../../db/label-issues.ts'
import type { Suspect } from '../../db/suspects.ts'
import type { Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'
import { type AfterWords, layOutAfter, layOutUndecided, type UndecidedWords } from './decisions.ts'

type Key = 'suspects' | 'suspect' | 'review' | 'reviewDone' | 'reviewed' | 'reported' | 'reviewBatch' | 'reviewQueue'
type Decision = Results['reviewed']['decision']

type ReviewWords = {
  reasons(reasons: readonly Reason[]): string
  /** How many look mislabelled. */
  suspects(pictures: number): string
  noSuspects: string
  toReview: string
  inBrackets(file: string): string
  ask(label: string, what: string): string
  because(reasons: string): string
  notUsed: string
  left(pictures: number): string
  allDone: string
  nothingToDecide: string
  decided: Record<Decision, (pictures: number, label: string | null) => string>
  report: { counts(examples: number, suspects: number): string; wrote(file: string, counts: string): string }
  /** The report is a page that comes with the answer. */
  seePage: string
  /** Pictures that look like one label, or like none. */
  batch(pictures: number, label: string | null): string
  batchLabels(labels: { label: string; pictures: number }[], left: number): string
  queueEmpty: string
  agreement(reviewers: number): string
  more(suspects: number): string
  sentences(...all: (string | false)[]): string
  after: AfterWords
  undecided: UndecidedWords
}

export function layOutReview(m: Markup, { decimal }: Numbers, words: ReviewWords): ResultWords<Key> {
  const number = (example: number): string => m.code(`#${example}`)

  return {
    suspects({ suspects, total = suspects.length }) {
      if (suspects.length === 0) return { headline: words.noSuspects }
      return { headline: words.suspects(total), lines: [words.toReview], sections: [{ lines: list(suspects, total) }] }
    },
    suspect: ({ id, file, label, score, reasons }) => ({
      headline: [
        number(id),
        score === null ? '–' : decimal(score, 2),
        m.name(label),
        words.reasons(reasons),
        m.file(file) && words.inBrackets(m.file(file)),
      ]
        .filter(Boolean)
        .join('  '),
    }),
    review: ({ example, label, file, reasons, leftOut, left, after }) => ({
      before: layOutAfter(after, words.after),
      headline: words.ask(m.name(label), [number(example), m.file(file)].filter(Boolean).join(' ')),
      lines: said(words.sentences(words.because(words.reasons(reasons)), leftOut && words.notUsed), words.left(left)),
    }),
    reviewDone: ({ after }) => ({ before: layOutAfter(after, words.after), headline: words.allDone }),
    reviewed({ decision, label, done, waiting, refused = 0 }) {
      const undecided = layOutUndecided({ waiting, refused }, words.undecided)
      if (done > 0) return { headline: words.decided[decision](done, label), lines: undecided }
      const [headline = words.nothingToDecide, ...lines] = undecided
      return { headline, lines }
    },
    reported({ file, examples, suspects, listed = [] }) {
      const counts = words.report.counts(examples, suspects)
      const sections = listed.length > 0 ? [{ lines: list(listed, suspects) }] : []
      return m.file(file)
        ? { headline: words.report.wrote(m.file(file), counts), sections }
        : { headline: counts, lines: [words.seePage], sections }
    },
    reviewBatch({ suggested, suspects, left, after }) {
      const byLabel = [...Map.groupBy(suspects, ({ label }) => label)]
      return {
        before: layOutAfter(after, words.after),
        headline: words.batch(suspects.length, suggested === null ? null : m.name(suggested)),
        lines: [
          words.batchLabels(
            byLabel.map(([label, some]) => ({ label: m.name(label), pictures: some.length })),
            left,
          ),
        ],
      }
    },
    reviewQueue: ({ left, agreement, after }) => ({
      before: layOutAfter(after, words.after),
      headline: left === 0 ? words.queueEmpty : words.suspects(left),
      lines: said(agreement > 1 && words.agreement(agreement)),
    }),
  }

  /** @param total of which these are the first */
  function list(suspects: readonly Suspect[], total: number): Line[] {
    const rows = suspects.map((s) => [number(s.example), m.name(s.label), words.reasons(s.reasons)])
    return total > rows.length ? [...rows, words.more(total - rows.length)] : rows
  }
}
