import type { Results } from '../../commands/results.ts'
import type { Answer } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { withRejectedIn } from './rejected.ts'
import { inEnglish } from './say.ts'

/** What is said before something is deleted, and when it is brought back. */
export function undoResults(m: Markup) {
  const { command, count } = inEnglish(m)
  const withRejected = withRejectedIn(m)
  const since = (changed: boolean): string => (changed ? 'It has changed since I showed it to you. Look again:' : '')

  return {
    deleteLabelAsk: ({ label, examples, only, days, changed }) => ({
      headline: `Delete ${m.name(label)} and its ${count(examples, 'picture')}?`,
      lines: said(
        since(changed),
        only === examples
          ? ''
          : `${count(examples - only, 'picture is', 'pictures are')} under another label, too, and stay${examples - only === 1 ? 's' : ''} there.`,
        `You can bring it back for ${count(days, 'day')}; then it is gone for good.`,
      ),
    }),
    labelDeleted: ({ deleted, examples, days }) => ({
      headline: `Deleted ${m.name(deleted)} and its ${count(examples, 'picture')}.`,
      lines: [`To bring it back in the next ${count(days, 'day')}: ${command('labels', 'restore', deleted)}`],
    }),
    labelRestored: ({ restored, examples, left, joined }) => ({
      headline: `${m.name(restored)} is back, with ${count(examples, 'picture')}.`,
      lines: said(
        joined > 0 && `I joined it with the ${m.name(restored)} that was made meanwhile.`,
        left > 0 &&
          `${count(left, 'picture was', 'pictures were')} changed by somebody since and stay${left === 1 ? 's' : ''} where ${left === 1 ? 'it is' : 'they are'}.`,
      ),
    }),
    deletedLabels({ labels }): Answer {
      if (labels.length === 0) return { headline: 'No label was deleted or merged lately.' }
      return {
        headline: `${count(labels.length, 'label')} can be brought back.`,
        lines: [`To bring one back: ${command('labels', 'restore', 'LABEL')}`],
        sections: sections({ lines: labels.map(describeDeleted) }),
      }
    },
    removeAsk: ({ label, pictures, rejected }) =>
      withRejected(
        {
          headline: `Remove ${count(pictures, 'picture')} from ${m.name(label)}?`,
          lines: ['I can’t bring them back.'],
        },
        rejected,
      ),
    withdrawAsk: ({ teacher, examples, changed }) => ({
      headline: `Leave out all ${count(examples, 'picture')} that ${m.person(teacher)} added?`,
      lines: said(since(changed), 'I train without them. They are kept, and you can put them back.'),
    }),
    newLabelAsk: ({ label, example }) => ({
      headline: `There is no label ${m.name(label)}. Make it, with ${m.code(`#${example}`)} as its first picture?`,
    }),
  } satisfies SomeResults

  function describeDeleted({ label, examples, into, daysLeft }: Results['deletedLabels']['labels'][number]): string[] {
    const what = into === null ? 'deleted' : `merged into ${m.name(into)}`
    return [m.name(label), count(examples, 'picture'), what, `${count(daysLeft, 'day')} left`]
  }
}
