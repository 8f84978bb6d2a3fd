import type { Results } from '../../commands/results.ts'
import { count, list, percent, plain } from './format.ts'
import { hint, type Where } from './hint.ts'

type Advice = NonNullable<Results['stats']['advice']>

/** Labels that are named. */
const MAX_LABELS = 3
/** A smaller gain in accuracy is not worth twice the pictures. */
const LEAST_GAIN = 0.005

/** What would help most, one line each. */
export function adviceLines({ neverRecognized, needMore, alike, twice }: Advice, where: Where): string[] {
  const advice: string[] = []
  for (const { label, takenFor } of neverRecognized.slice(0, MAX_LABELS))
    advice.push(`${plain(label)} is never recognized: it is taken for ${plain(takenFor)}.`)
  const others = neverRecognized.length - MAX_LABELS
  if (others > 0) advice.push(`${count(others, 'other label is', 'other labels are')} never recognized either.`)
  const labels = needMore.map((l) => plain(l.label))
  if (labels.length > 0) advice.push(`Next: more pictures of ${list(labels, MAX_LABELS)}.`)
  for (const { labels } of alike.slice(0, MAX_LABELS)) {
    const [one, other] = labels.map(plain)
    advice.push(
      `${one} and ${other} look like the same thing. To join them: ${hint(where, 'labels', 'merge', ...labels)}`,
    )
  }
  if (twice && twice.doubled - twice.now > LEAST_GAIN)
    advice.push(
      `With twice as many pictures of each label it would be right about ${percent(twice.doubled)} of the time.`,
    )
  return advice
}
