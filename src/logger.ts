import { type LoggerOptions, pino } from 'pino'
import { formatLogLine } from './log-lines.ts'

/** Never a token, a picture or what people wrote: ids and codes alone. */
export type Logger = ReturnType<typeof openLogger>

type Format = {
  /** `auto`: for people where stdout is a terminal, JSON elsewhere. */
  format: 'auto' | 'pretty' | 'json'
  isColoured: boolean
}

/** Lines that were logged since the start. */
export const problems = { warn: 0, error: 0 }
/** From which of pino's levels on. */
const WARN = 40
const ERROR = 50

/**
 * Lines on stdout: for people, or of JSON.
 * @param level least severe level that is written, as pino names them
 * @param describeError what is written of an error, which may hold more than the log should
 */
export function openLogger(
  level: string,
  describeError: (error: unknown) => object,
  { format, isColoured }: Format = { format: 'json', isColoured: false },
) {
  const isForPeople = format === 'pretty' || (format === 'auto' && process.stdout.isTTY === true)
  const options: LoggerOptions = {
    level,
    base: null,
    serializers: { err: describeError, error: describeError },
    redact: { paths: ['token', '*.token', 'content', '*.content'], remove: true },
    hooks: {
      logMethod(args, method, severity) {
        if (severity >= ERROR) problems.error++
        else if (severity >= WARN) problems.warn++
        method.apply(this, args)
      },
    },
  }
  if (!isForPeople) return pino(options)
  return pino(options, { write: (line: string) => void process.stdout.write(formatLogLine(line, isColoured)) })
}
