import type { Advice } from '../../../models/evaluation/advice.ts'
import { MAX_NAMED, WORTHWHILE_GAIN } from '../advice.ts'
import type { Markup } from '../markup.ts'
import { inEnglish } from './say.ts'

/** What would make the classifier better, a line each. */
export function adviceLines(m: Markup, { neverRecognized, needMore, alike, twice }: Advice): string[] {
  const { and, command, count, percent } = inEnglish(m)
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null
      ? `${m.name(label)} (only ${examples})`
      : `${m.name(label)} (${percent(recall)} of ${examples} right)`,
  )
  const others = neverRecognized.length - MAX_NAMED
  return [
    ...neverRecognized
      .slice(0, MAX_NAMED)
      .map(({ label, takenFor }) => `${m.name(label)} is never recognized: I take it for ${m.name(takenFor)}.`),
    others > 0 ? `${count(others, 'other label is', 'other labels are')} never recognized either.` : '',
    wanted.length > 0 ? `More pictures of ${and(wanted)} would help.` : '',
    ...alike.map(
      ({ labels: [one, other] }) =>
        `${m.name(one)} and ${m.name(other)} look like the same thing. To join them: ${command('labels', 'merge', one, other)}`,
    ),
    twice && twice.doubled - twice.now > WORTHWHILE_GAIN
      ? `With twice as many pictures I’d be right about ${percent(twice.doubled)} of the time (now ${percent(twice.now)}).`
      : '',
  ].filter(Boolean)
}
