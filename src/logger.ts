import { pino } from 'pino'

/** Lines of JSON on stdout. Never a token, a picture or what people wrote: ids and codes alone. */
export type Log = ReturnType<typeof openLog>

export const openLog = (level: string) =>
  pino({ level, base: null, redact: { paths: ['token', '*.token', 'content', '*.content'], remove: true } })
