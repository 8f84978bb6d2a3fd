import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { auditResults } from './audit.ts'
import { describeReasons } from './reasons.ts'
import { inEnglish } from './say.ts'

type Key = 'gallery' | 'example' | 'changeUndone'
type Example = Results['example']['example']

export function galleryResults(m: Markup): ResultWords<Key> {
  const { and, count, percent } = inEnglish(m)
  const { audit } = auditResults(m)

  const describeState = ({ state, vouched, isSuspect }: Example): string => {
    if (state === 'excluded') return 'Excluded from training'
    if (state === 'withdrawn') return 'Withdrawn with everything its teacher added'
    if (vouched) return 'Learned from; a reviewer said that the label is right'
    return isSuspect ? 'Learned from, but it looks mislabelled' : 'Learned from'
  }

  const describeSuspicion = ({ isSuspect, score, reasons, recognized }: Example): string =>
    [
      isSuspect && score !== null && `Suspect (${percent(score)}): ${describeReasons(m, reasons)}`,
      recognized !== null && `I recognized it as ${m.name(recognized)} without having learned from it`,
    ]
      .filter(Boolean)
      .join('. ')

  return {
    gallery: ({ total }) => ({ headline: total === 0 ? 'No pictures.' : `${count(total, 'picture')}.` }),
    example({ example, history }) {
      const { id, label, file, by, at, also } = example
      const changes = audit({ changes: history })
      const others = and(also.map((other) => m.name(other.label)))
      return {
        headline: `${m.code(`#${id}`)} is under ${m.name(label)}.`,
        lines: said(
          m.file(file),
          `${describeState(example)}. Added by ${m.person(by)} on ${m.moment(at)}.`,
          describeSuspicion(example),
          also.length > 0 && `The same picture is under ${others}, too.`,
        ),
        sections: sections(
          ...(typeof changes === 'string' ? [] : (changes.sections ?? [])).map((section) => ({
            title: 'What was done with it, latest first',
            ...section,
          })),
        ),
      }
    },
    changeUndone: ({ undone, left }) => ({
      headline: undone > 0 ? `Undone for ${count(undone, 'picture')}.` : 'Nothing is left to undo.',
      lines: said(left > 0 && `${count(left, 'picture')} changed since, and stayed as they are.`),
    }),
  }
}
