import type { Results } from '../../commands/results.ts'
import type { Answer, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inEnglish } from './say.ts'

type CleanUp = Results['cleanedUp']
type TouchedLabel = CleanUp['labels'][number]

export function cleanUpResults(m: Markup): ResultWords<'cleanUpFound' | 'cleanedUp'> {
  const { and, count } = inEnglish(m)

  return {
    cleanUpFound(found): Answer {
      const { person, since, changed } = found
      const who = m.person(person)
      const parts = describe(found)
      if (parts.length === 0)
        return {
          headline: `${who} has done nothing since ${m.moment(since)} that can be taken back.`,
          sections: leftAlone(found),
        }
      return {
        headline: `Take back what ${who} has done since ${m.moment(since)}?`,
        lines: said(
          changed && 'It is more, or less, than what I showed you. Look again:',
          `${and(parts)}.`,
          found.additions > 0 && 'Added pictures are deleted; I can’t bring them back.',
        ),
        sections: [...touched(found), ...leftAlone(found)],
      }
    },
    cleanedUp: (done) => ({
      headline: `Took back what ${m.person(done.person)} has done since ${m.moment(done.since)}.`,
      lines: said(describe(done).length > 0 ? `${and(describe(done))}.` : 'Nothing was left to take back.'),
      sections: [...touched(done), ...leftAlone(done)],
    }),
  }

  function describe({ additions, decisions, feedback, labels, withdrawals }: CleanUp): string[] {
    return [
      additions > 0 && count(additions, 'added picture'),
      decisions > 0 && count(decisions, 'move or decision', 'moves and decisions'),
      labels.length > 0 && count(labels.length, 'changed label'),
      withdrawals.length > 0 && count(withdrawals.length, 'withdrawal'),
      feedback > 0 && `feedback on ${count(feedback, 'answer')}`,
    ].filter((part) => part !== false)
  }

  function touched({ labels, withdrawals }: CleanUp): Section[] {
    return sections(
      { title: 'Labels', lines: labels.map(describeLabel) },
      { title: 'Withdrawn, or put back', lines: withdrawals.map((teacher) => m.person(teacher)) },
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
        title: 'Changed by others since: stays',
        lines: said(
          left.additions > 0 && count(left.additions, 'added picture'),
          ...pictures,
          left.decisions > 0 && count(left.decisions, 'move or decision', 'moves and decisions'),
          ...left.labels.map(describeLabel),
        ),
      },
      {
        title: 'I can’t take back',
        lines: lost.map(({ action, changes }) => [AUDIT_ACTIONS[action], count(changes, 'time')]),
      },
    )
  }

  function describeLabel({ what, label, to, dataset }: TouchedLabel): string[] {
    const did = {
      deleted: `${m.name(label)} deleted`,
      merged: `${m.name(label)} merged into ${m.name(to ?? '')}`,
      renamed: `${m.name(label)} renamed ${m.name(to ?? '')}`,
    }
    return [did[what], m.text(dataset)]
  }
}
