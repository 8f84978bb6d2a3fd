import type { Results } from '../../commands/results.ts'
import type { Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'

type CleanUp = Results['cleanedUp']
type TouchedLabel = CleanUp['labels'][number]

type CleanUpWords = {
  person(id: string): string
  /** What could be taken back, by whom and since when it was done. */
  nothing(who: string, since: string): string
  ask(who: string, since: string): string
  done(who: string, since: string): string
  changed: string
  /** Added pictures do not come back. */
  final: string
  nothingLeft: string
  sentence(parts: string[]): string
  parts: Record<'additions' | 'decisions' | 'labels' | 'withdrawals' | 'feedback', (count: number) => string>
  titles: Record<'labels' | 'withdrawals' | 'left' | 'lost', string>
  labels: Record<TouchedLabel['what'], (label: string, to: string) => string>
  actions: Record<CleanUp['lost'][number]['action'], string>
  times(changes: number): string
}

export function layOutCleanUp(m: Markup, words: CleanUpWords): ResultWords<'cleanUpFound' | 'cleanedUp'> {
  return {
    cleanUpFound(found) {
      const [who, since] = [words.person(found.person), m.moment(found.since)]
      const parts = describe(found)
      if (parts.length === 0) return { headline: words.nothing(who, since), sections: leftAlone(found) }
      return {
        headline: words.ask(who, since),
        lines: said(found.changed && words.changed, words.sentence(parts), found.additions > 0 && words.final),
        sections: [...touched(found), ...leftAlone(found)],
      }
    },
    cleanedUp(done) {
      const parts = describe(done)
      return {
        headline: words.done(words.person(done.person), m.moment(done.since)),
        lines: [parts.length > 0 ? words.sentence(parts) : words.nothingLeft],
        sections: [...touched(done), ...leftAlone(done)],
      }
    },
  }

  function describe({ additions, decisions, feedback, labels, withdrawals }: CleanUp): string[] {
    const { parts } = words
    return [
      additions > 0 && parts.additions(additions),
      decisions > 0 && parts.decisions(decisions),
      labels.length > 0 && parts.labels(labels.length),
      withdrawals.length > 0 && parts.withdrawals(withdrawals.length),
      feedback > 0 && parts.feedback(feedback),
    ].filter((part) => part !== false)
  }

  function touched({ labels, withdrawals }: CleanUp): Section[] {
    return sections(
      { title: words.titles.labels, lines: labels.map(describeLabel) },
      { title: words.titles.withdrawals, lines: withdrawals.map(words.person) },
    )
  }

  function leftAlone({ left, lost }: CleanUp): Section[] {
    const pictures = left.pictures.map(({ example, label, dataset }) => [
      m.code(`#${example}`),
      m.name(label),
      m.text(dataset),
    ])
    return sections(
      {
        title: words.titles.left,
        lines: said(
          left.additions > 0 && words.parts.additions(left.additions),
          ...pictures,
          left.decisions > 0 && words.parts.decisions(left.decisions),
          ...left.labels.map(describeLabel),
        ),
      },
      {
        title: words.titles.lost,
        lines: lost.map(({ action, changes }) => [words.actions[action], words.times(changes)]),
      },
    )
  }

  function describeLabel({ what, label, to, dataset }: TouchedLabel): string[] {
    return [words.labels[what](m.name(label), m.name(to ?? '')), m.text(dataset)]
  }
}
