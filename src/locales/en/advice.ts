import type { Advice } from '../../../models/evaluation/advice.ts'
import { percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import { count } from './plural.ts'

/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

/** Labels that are never recognized and named. */
const MAX_NAMED = 3

/** What would make the classifier better, a line each. */
export function adviceLines({ neverRecognized, needMore, alike, twice }: Advice, m: Markup): string[] {
  const bold = (label: string): string => `**${m.text(label)}**`
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null
      ? `${m.text(label)} (only ${examples})`
      : `${m.text(label)} (${percent(recall)} of ${examples} right)`,
  )
  const others = neverRecognized.length - MAX_NAMED
  return [
    ...neverRecognized
      .slice(0, MAX_NAMED)
      .map(({ label, takenFor }) => `${bold(label)} is never recognized: I take it for ${bold(takenFor)}.`),
    others > 0 ? `${count(others, 'other label is', 'other labels are')} never recognized either.` : '',
    wanted.length > 0 ? `More pictures would help: ${wanted.join(', ')}` : '',
    ...alike.map(
      ({ labels: [one, other] }) =>
        `${bold(one)} and ${bold(other)} look like the same thing. \`/labels merge\` joins them.`,
    ),
    twice && twice.doubled - twice.now > WORTHWHILE_GAIN
      ? `With twice as many pictures I’d be right about ${percent(twice.doubled)} of the time (now ${percent(twice.now)}).`
      : '',
  ]
}
