import { said } from '../format.ts'
import { layOutExample } from '../layouts/gallery.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { auditResults } from './audit.ts'
import { describeReasons } from './reasons.ts'
import { inEnglish } from './say.ts'

export function galleryResults(m: Markup) {
  const { and, count, percent, sentences } = inEnglish(m)

  return {
    gallery: ({ total }) => ({ headline: total === 0 ? 'No pictures.' : `${count(total, 'picture')}.` }),
    ...layOutExample(
      m,
      { and, percent, ...auditResults(m) },
      {
        headline: (number, label) => `${number} is under ${label}.`,
        states: {
          excluded: 'Excluded from training',
          withdrawn: 'Withdrawn with everything its teacher added',
          vouched: 'Learned from; a reviewer said that the label is right',
          suspect: 'Learned from, but it looks mislabelled',
          kept: 'Learned from',
        },
        added: (state, { by, at }) => `${state}. Added by ${by} on ${at}.`,
        suspect: (share, reasons) => `Suspect (${share}): ${describeReasons(m, reasons)}.`,
        recognized: (label) => `I recognized it as ${label} without having learned from it.`,
        sentences,
        also: (labels) => `The same picture is under ${labels}, too.`,
        history: 'What was done with it, latest first',
      },
    ),
    changeUndone: ({ undone, left }) => ({
      headline: undone > 0 ? `Undone for ${count(undone, 'picture')}.` : 'Nothing is left to undo.',
      lines: said(left > 0 && `${count(left, 'picture')} changed since, and stayed as they are.`),
    }),
  } satisfies SomeResults
}
