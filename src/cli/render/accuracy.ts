import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import { percent, percentRange } from './format.ts'

type Measured = Pick<Results['stats'], 'accuracy' | 'accuracyInterval' | 'balancedAccuracy' | 'grades'>

/** How often a version is right, with its 95 % interval; first by labels where it is another figure by pictures. */
export function accuracySentence(measured: Measured): string {
  const { accuracy, accuracyInterval, grades } = measured
  const unknown = grades?.find(({ grade }) => grade === 'unknown')
  // One label is taken for no other, but it can be taken for none.
  if (accuracy === null && unknown) return `Recognizes ${percent(1 - unknown.share)} of new pictures of its one label.`
  if (accuracy === null) return 'Too few pictures to measure it: add at least two to each label.'
  const range = accuracyInterval ? ` (${percentRange(accuracyInterval)})` : ''
  const balanced = distinctBalancedAccuracy(measured)
  if (balanced !== null)
    return `Right ${percent(balanced)} of the time as the mean over labels, ${percent(accuracy)} of all pictures${range}.`
  return `Right ${percent(accuracy)} of the time${range}.`
}
