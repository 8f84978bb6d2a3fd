import type { Results } from '../../commands/results.ts'
import { sayReasons } from '../../locales/reasons.ts'
import { count, lines, plain } from './format.ts'

export const suspects = ({ suspects }: Results['suspects']): string =>
  suspects.length === 0
    ? 'No picture looks mislabelled. Every training looks again.'
    : lines(...suspects.map(suspectLine))

const suspectLine = ({ example, file, label, score, reasons }: Results['suspects']['suspects'][number]): string =>
  suspect({ id: example, file, label, suggested: null, score, reason: sayReasons(reasons) })

export function suspect({ id, file, label, score, reason }: Results['suspect']): string {
  const shownScore = score === null ? '   -' : score.toFixed(2)
  return `#${id}  ${shownScore}  ${[label, reason].filter(Boolean).map(plain).join('  ')}  (${plain(file)})`
}

export function review({ example, label, file, left, reasons, after }: Results['review']): string {
  const why = plain(sayReasons(reasons))
  return lines(decided(after), `#${example} is labelled ${plain(label)}: ${why} (${plain(file)}). ${left} left.`)
}

export const reviewDone = ({ after }: Results['reviewDone']): string =>
  lines(decided(after), 'Nothing is left to review.')

const WAITS = 'Another reviewer must agree first.'

function decided(after: Results['reviewDone']['after']): string {
  if (!after) return ''
  return after.waits ? `Decided: ${after.decision}. ${WAITS}` : `Decided: ${after.decision}.`
}

const DONE: Record<Results['reviewed']['decision'], string> = {
  keep: 'Confirmed the label of',
  exclude: 'Excluded',
  move: 'Moved',
  restore: 'Restored',
}

export function reviewed({ decision, label, done, waiting, refused = 0 }: Results['reviewed']): string {
  const to = label === null ? '' : ` to ${plain(label)}`
  return lines(
    (done > 0 || waiting === 0) && `${DONE[decision]} ${count(done, 'picture')}${to}.`,
    waiting > 0 && describeWaiting(waiting),
    refused > 0 && describeRefused(refused),
  )
}

export const describeWaiting = (waiting: number): string =>
  `${count(waiting, 'picture')}: another reviewer must agree first.`

export const describeRefused = (refused: number): string =>
  `${count(refused, 'picture')} left as they are: withdrawn, or decided about by reviewers.`

export const reviewUndone = ({ example }: Results['reviewUndone']): string =>
  `Took back the last decision, about #${example}.`

export const reported = ({ file, examples, suspects }: Results['reported']): string =>
  `Wrote ${plain(file)}: ${count(examples, 'picture')}, ${count(suspects, 'suspect')}.`
