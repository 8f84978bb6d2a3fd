import type { Results } from '../commands/results.ts'
import { sayReasons } from '../locales/reasons.ts'

type Values = Record<string, unknown>

/** An answer as lines for people. Control characters of file names and labels are shown, not obeyed. */
export function render(result: object): string {
  const values = result as Values
  if ('error' in values) return `${plain(String(values.file))}: ${problem(values.error as Problem)}`
  if ('top' in values) return prediction(values as Prediction)
  if ('reasons' in values && 'left' in values) return suspect(values as Results['review'])
  if ('reason' in values && 'score' in values) return listed(values as Results['suspect'])
  return Object.entries(values)
    .map(([key, value]) => field(key, key === 'leftOut' ? `${value} of ${values.examples}` : value))
    .join('\n')
}

type Problem = { code: string; message: string }
const problem = ({ code, message }: Problem): string => `${plain(message)} (${code})`

const listed = ({ id, file, label, score, reason }: Results['suspect']): string =>
  plain(`#${id}  ${score === null ? '  -' : score.toFixed(2)}  ${label}  ${reason}  (${file})`)

const suspect = ({ example, label, file, left, reasons }: Results['review']): string =>
  plain(`#${example} is filed under ${label}: ${sayReasons(reasons)} (${file}); ${left} left`)

type Near = { label: string; file: string; similarity: number }
type Prediction = {
  file: string
  label: string | null
  confidence: number
  known: number
  top: { label: string }[]
} & {
  why?: { runnerUp: { label: string; confidence: number } | null; nearest: Near[] }
  picture?: string
}

function prediction({ file, label, confidence, known, top, why, picture }: Prediction): string {
  const nearest = `nearest: ${top[0]!.label}, known ${percent(known)}`
  const said = `${plain(file)}: ${plain(label === null ? `I don't know (${nearest})` : `${label}  ${percent(confidence)}`)}`
  if (!why) return said
  const { runnerUp } = why
  const close = runnerUp ? `${runnerUp.label} came close: ${percent(runnerUp.confidence)}` : 'no other label came close'
  const like = why.nearest.map((n) => `${n.label} (${n.file}, ${percent(Math.max(0, n.similarity))})`)
  return [
    said,
    `  ${plain(close)}`,
    ...like.map((l) => `  like ${plain(l)}`),
    ...(picture ? [`  ${plain(picture)}`] : []),
  ].join('\n')
}

function field(key: string, value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return `${key}: ${cell(value)}`
  if (typeof value[0] !== 'object') return `${key}: ${value.map(cell).join(', ')}`
  return `${key}:\n${table(value as Values[])}`
}

/** Rows under their keys, in columns. */
function table(rows: Values[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [keys, ...rows.map((row) => keys.map((key) => cell(row[key])))]
  const widths = keys.map((_, c) => Math.max(...lines.map((line) => width(line[c]!))))
  return lines
    .map((line) => `  ${line.map((text, c) => text + ' '.repeat(widths[c]! - width(text))).join('  ')}`.trimEnd())
    .join('\n')
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(3)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(cell).join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([k, v]) => `${k} ${cell(v)}`)
      .join(', ')
  return plain(String(value))
}

const width = (text: string): number => [...text].length
const percent = (p: number): string => `${Math.round(p * 100)} %`
export const plain = (text: string): string => text.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1))
