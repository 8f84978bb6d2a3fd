import type { AdviceWords } from '../layouts/advice.ts'
import type { Markup } from '../markup.ts'
import { inEnglish } from './say.ts'

export function adviceWords(m: Markup): AdviceWords {
  const { and, command, count, percent } = inEnglish(m)
  return {
    neverRecognized: (label, takenFor) => `${m.name(label)} is never recognized: I take it for ${m.name(takenFor)}.`,
    othersNeverRecognized: (labels) =>
      `${count(labels, 'other label is', 'other labels are')} never recognized either.`,
    few: (label, examples) => `${m.name(label)} (only ${examples})`,
    mistaken: (label, { examples, recall }) => `${m.name(label)} (${percent(recall)} of ${examples} right)`,
    needMore: (labels) => `More pictures of ${and(labels)} would help.`,
    alike: (one, other) =>
      `${m.name(one)} and ${m.name(other)} look like the same thing. To join them: ${command('labels', 'merge', one, other)}`,
    twice: ({ now, doubled }) =>
      `With twice as many pictures I’d be right about ${percent(doubled)} of the time (now ${percent(now)}).`,
  }
}
