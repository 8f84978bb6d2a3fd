import type { Results } from '../../commands/results.ts'
import { lines, percent, plain } from './format.ts'

export function predicted(p: Results['predicted']): string {
  const file = plain(p.file)
  if ('error' in p) return `${file}: ${plain(p.error.message)} (${p.error.code})`
  return lines(`${file}: ${answer(p)}`, ...(p.why ? reasonLines(p.why) : []))
}

type Prediction = Extract<Results['predicted'], { top: unknown }>

function answer({ grade, label, confidence, top }: Prediction): string {
  if (label === null) return `I don't know this one${top[0] ? ` (closest: ${plain(top[0].label)})` : ''}`
  const likely = `${plain(label)}, ${percent(confidence)}`
  return grade === 'sure' ? likely : `probably ${likely}, but not sure`
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
