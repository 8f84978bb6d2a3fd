import { pino } from 'pino'

/** Lines of JSON on stdout. Never a token, a picture or what people wrote: ids and codes alone. */
export type Logger = ReturnType<typeof openLogger>

/** @param level least severe level that is written, as pino names them */
export const openLogger = (level: string) =>
  pino({ level, base: null, redact: { paths: ['token', '*.token', 'content', '*.content'], remove: true } })
