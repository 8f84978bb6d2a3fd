import { percent, percentRange } from './format.ts'

type Measured = { accuracy: number | null; accuracyInterval: readonly [number, number] | null }

/** How often a version is right, with its 95 % interval. */
export function accuracySentence({ accuracy, accuracyInterval }: Measured): string {
  if (accuracy === null) return 'Too few pictures to measure it: add at least two to each label.'
  const range = accuracyInterval ? ` (${percentRange(accuracyInterval)})` : ''
  return `Right ${percent(accuracy)} of the time${range}.`
}
