import { styleText } from 'node:util'

/** A line of the log as pino writes it. */
type Entry = { level: number; time: number; msg?: string; err?: Described; [key: string]: unknown }
type Described = { name?: string; message?: string; code?: unknown; stack?: string; cause?: Described }

type Style = Parameters<typeof styleText>[0]

/** Pino's levels, from each number on. */
const LEVELS: [from: number, name: string, style: Style][] = [
  [60, 'fatal', ['red', 'bold']],
  [50, 'error', 'red'],
  [40, 'warn', 'yellow'],
  [30, 'info', 'green'],
  [0, 'debug', 'gray'],
]
const LEVEL_COLUMNS = 5
/** Fields that stand elsewhere in the line. */
const SHOWN = ['level', 'time', 'msg', 'err', 'error']

/** A line of JSON of the log, for people: the time, how grave it is, what happened, and what else is known. @param json one line */
export function formatLogLine(json: string, isColoured: boolean): string {
  const entry = JSON.parse(json) as Entry
  const paint = (style: Style, text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text
  const [, name = '', style = 'gray'] = LEVELS.find(([from]) => entry.level >= from) ?? []
  const fields = Object.entries(entry).filter(([key, value]) => !SHOWN.includes(key) && value !== undefined)
  const parts = [
    paint('gray', clock(entry.time)),
    paint(style, name.padEnd(LEVEL_COLUMNS)),
    entry.msg ?? '',
    ...fields.map(([key, value]) => `${paint('gray', `${key}:`)} ${describe(value)}`),
  ]
  const error = entry.err ?? (entry.error as Described | undefined)
  const below = error ? describeError(error).map((line) => `\n    ${paint('gray', line)}`) : []
  return `${parts.filter(Boolean).join('  ')}${below.join('')}\n`
}

/** The time of day where the program runs, as in 17:05:09. */
function clock(time: number): string {
  const at = new Date(time)
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':')
}

const describe = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? withoutControls(String(value))
    : withoutControls(JSON.stringify(value))

/** Nothing of a line is obeyed by the terminal. */
const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

function describeError({ name = 'Error', message, code, stack, cause }: Described): string[] {
  const what = [name, code === undefined ? '' : `(${code})`, message ?? ''].filter(Boolean).join(' ')
  const frames = (stack ?? '').split('\n').map((line) => line.trim())
  return [what, ...frames, ...(cause ? describeError(cause).map((line) => `because of ${line}`) : [])]
    .filter(Boolean)
    .map(withoutControls)
}
