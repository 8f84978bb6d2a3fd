import type { Advice } from '../../../models/evaluation/advice.ts'
import { percent } from '../format.ts'
import type { Markup } from '../markup.ts'

/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

/** What would make the classifier better, a line each. */
export function adviceLines({ needMore, alike, twice }: Advice, m: Markup): string[] {
  const bold = (label: string): string => `**${m.text(label)}**`
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null
      ? `${m.text(label)} (only ${examples})`
      : `${m.text(label)} (${percent(recall)} of ${examples} right)`,
  )
  return [
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
