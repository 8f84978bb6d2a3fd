import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { explainDatabaseError } from '../../db/database-errors.ts'
import { UserError } from '../../errors.ts'
import { LANGUAGES, type Language } from '../../locales/language.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { wordsOf } from '../words.ts'

const STATUS: [codes: RegExp, status: ContentfulStatusCode][] = [
  [/^web\.(host)$/, 421],
  [/^web\.(origin|no-access)$/, 403],
  [/^web\.(not-logged-in|token)$/, 401],
  [/^access\./, 403],
  [/^web\.too-large$|\.too-large$/, 413],
  [/^busy\.(cooldown|full)$|^web\.too-many$/, 429],
  [/^busy\.|^bucket\.|^database\.busy|^discord\.(starting|unreachable)$/, 503],
  [/not-found$|^web\.nothing$|\.gone$/, 404],
]
const BAD_REQUEST = 400
const INTERNAL = 500

/** What a request that failed is answered with. `message`: in the visitor's language. */
type Failure = { code: string; message: string }

/** What is not a person's mistake is logged, and said without its details. */
export function describeFailure({ log }: WebContext, error: unknown, language: Language): Failure {
  const words = wordsOf(language)
  const explained = explainDatabaseError(error)
  if (!(explained instanceof UserError)) {
    log.error({ err: error }, 'unexpected error')
    return { code: 'internal', message: words.internalError }
  }
  const text = words.errors[explained.code]
  const message = typeof text === 'function' ? text(explained.values) : (text ?? explained.message)
  return { code: explained.code, message }
}

const statusOf = (code: string): ContentfulStatusCode =>
  code === 'internal' ? INTERNAL : (STATUS.find(([codes]) => codes.test(code))?.[1] ?? BAD_REQUEST)

export const answerFailure =
  (web: WebContext) =>
  (error: unknown, c: Context<WebEnv>): Response => {
    const failure = describeFailure(web, error, c.get('language') ?? languageOf(c.req.header('accept-language')))
    const status = statusOf(failure.code)
    const wait = error instanceof UserError ? error.values.seconds : undefined
    if (wait !== undefined) c.header('retry-after', String(wait))
    return c.json(failure, status)
  }

/** The first language of `Accept-Language` that there are words in; else English. */
export function languageOf(accepted: string | undefined): Language {
  const asked = (accepted ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return asked.map((code) => LANGUAGES.find((language) => language === code)).find(Boolean) ?? 'en'
}
