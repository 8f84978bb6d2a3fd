import type { Results } from '../../commands/results.ts'
import { lines, percent, plain } from './format.ts'

export function predicted(p: Results['predicted']): string {
  const file = plain(p.file)
  if ('error' in p) return `${file}: ${plain(p.error.message)} (${p.error.code})`
  return lines(
    `${file}: ${p.label === null ? unknown(p) : `${plain(p.label)}, ${percent(p.confidence)}`}`,
    ...(p.why ? reasonLines(p.why) : []),
  )
}

type Prediction = Extract<Results['predicted'], { top: unknown }>

function unknown({ top, known }: Prediction): string {
  const closest = top[0] ? `closest: ${plain(top[0].label)}; ` : ''
  return `I don't know (${closest}${percent(known)} sure that it is any of the labels)`
}

function reasonLines({ runnerUp, nearest }: NonNullable<Prediction['why']>): string[] {
  const close = runnerUp
    ? `  ${plain(runnerUp.label)} came close: ${percent(runnerUp.confidence)}`
    : '  no other label came close'
  const similar = nearest.map(
    ({ label, file, similarity }) => `  similar: ${plain(label)} (${plain(file)}, ${percent(Math.max(0, similarity))})`,
  )
  return [close, ...similar]
}
