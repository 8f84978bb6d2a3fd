import { parseArgs } from 'node:util'
import { z } from 'zod'
import { errorCode, UserError } from '../errors.ts'
import { LANGUAGES, type Language } from '../locales/language.ts'
import { systemLanguage } from '../locales/system-language.ts'

const Options = z.object({
  port: z.coerce.number().int().min(0).max(65_535).optional(),
  lan: z.boolean().default(false),
  language: z.enum(LANGUAGES).optional(),
  help: z.boolean().default(false),
})

export type StartOptions = { port: number | undefined; lan: boolean; language: Language; help: boolean }

/** What follows `mekiki web`. Throws UserError web.usage */
export function readStartOptions(argv: string[]): StartOptions {
  const { language, port, ...others } = check(parse(argv))
  return { ...others, port, language: language ?? systemLanguage() }
}

function parse(args: string[]): unknown {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { port: text, lan: flag, language: text, help: { ...flag, short: 'h' } } as const
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    if (!errorCode(error)?.startsWith('ERR_PARSE_ARGS')) throw error
    throw new UserError('web.usage', error instanceof Error ? error.message : String(error))
  }
}

function check(values: unknown) {
  const checked = Options.safeParse(values)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new UserError('web.usage', `Expected a valid --${String(issue?.path[0])}: ${issue?.message}`)
}
