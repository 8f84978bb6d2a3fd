import { z } from 'zod'
import type { Command } from '../../commands/define.ts'
import type { Option } from '../../commands/options.ts'
import { UserError } from '../../errors.ts'

/** Characters of a text; of what is no label but, say, an expression. */
const MAX_TEXT = 2_000
/** Texts in one list. */
const MAX_TEXTS = 200
/** Examples in one request. */
const MAX_EXAMPLES = 10_000
/** As choices carry them. */
const IDS = /^\d{1,15}(,\d{1,15}){0,9999}$/

/** The kinds whose bytes are the body of a request. */
export const isFile = ({ kind }: Option): boolean => kind === 'pictures' || kind === 'upload'
const isOffered = ({ frontEnds }: Option): boolean => frontEnds?.includes('web') ?? true

/** The options of a command that the page takes, as zod checks them and OpenAPI lists them. */
export function optionsSchema({ options }: Pick<Command, 'options'>) {
  const shape: Record<string, z.ZodType> = {}
  for (const [name, option] of Object.entries(options))
    if (isOffered(option) && !isFile(option))
      shape[name] = withFallback(option, schemaOf(option)).describe(option.describe)
  return z.strictObject(shape)
}

function schemaOf({ kind, choices = [], min, max, fractions }: Option): z.ZodType {
  switch (kind) {
    case 'number':
      return (fractions ? z.number() : z.int()).min(min ?? Number.MIN_SAFE_INTEGER).max(max ?? Number.MAX_SAFE_INTEGER)
    case 'flag':
      return z.boolean()
    case 'choice':
      return z.enum(choices as [string, ...string[]])
    case 'ids':
      return z.union([z.array(z.int().positive()).min(1).max(MAX_EXAMPLES), z.string().regex(IDS)])
    case 'texts':
      return z.union([z.array(z.string().max(MAX_TEXT)).max(MAX_TEXTS), z.string().max(MAX_TEXT)])
    case 'examples':
      return z.union([z.array(z.union([z.int().positive(), z.string().max(MAX_TEXT)])).max(MAX_EXAMPLES), z.string()])
    default:
      return z.string().max(MAX_TEXT)
  }
}

const withFallback = ({ optional, fallback }: Option, schema: z.ZodType): z.ZodType =>
  optional || fallback !== undefined ? schema.optional() : schema

/** Checks what came as JSON. Throws UserError option.invalid, which names the option */
export function checkOptions(command: Command, given: unknown): Record<string, unknown> {
  const checked = optionsSchema(command).safeParse(given)
  if (checked.success)
    return Object.fromEntries(
      Object.entries(checked.data).map(([name, value]) => [name, plain(value, command.options[name])]),
    )
  const [issue] = checked.error.issues
  const option = String(issue?.path[0] ?? (issue?.code === 'unrecognized_keys' ? issue.keys[0] : ''))
  throw new UserError(
    'option.invalid',
    `Expected valid options of ${command.name}, received: ${option}: ${issue?.message}`,
    {
      option,
    },
  )
}

/** Lists of numbers and names as what buttons carry, which commands understand. */
const plain = (value: unknown, option: Option | undefined): unknown =>
  Array.isArray(value) && option?.kind !== 'texts' ? value.join(',') : value

/** The same from the query of an address, where everything is text. */
export function readQuery({ options }: Command, query: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).map(([name, text]) => [name, valueFor(options[name], text)]))
}

function valueFor(option: Option | undefined, text: string): unknown {
  switch (option?.kind) {
    case 'number':
      return text.trim() === '' ? text : Number(text)
    case 'flag':
      return text === 'true' || (text === 'false' ? false : text)
    case 'ids':
      return text.split(',').map(Number)
    case 'examples':
      return text.split(',')
    default:
      return text
  }
}
