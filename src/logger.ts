import { pino } from 'pino'

/** Lines of JSON on stdout. Never a token, a picture or what people wrote: ids and codes alone. */
export type Logger = ReturnType<typeof openLogger>

/**
 * @param level least severe level that is written, as pino names them
 * @param describeError what is written of an error, which may hold more than the log should
 */
export const openLogger = (level: string, describeError: (error: unknown) => object) =>
  pino({
    level,
    base: null,
    serializers: { err: describeError, error: describeError },
    redact: { paths: ['token', '*.token', 'content', '*.content'], remove: true },
  })
