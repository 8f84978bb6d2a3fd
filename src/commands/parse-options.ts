import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Command } from './define.ts'
import { type FrontEnd, isOfferedOn } from './front-ends.ts'
import type { Option } from './options.ts'

/** Discord's own; of a server's channels and roles. */
const DISCORD_ID = /^\d{1,20}$/

/** `pictures`: what was handed over. */
type Given = { frontEnd: FrontEnd; pictures?: Source[] }

/**
 * The options of a command from what a button, a form, a Discord command or a request gave: texts, numbers, flags and lists by
 * name. What the front end does not offer is as if it were not given.
 * Throws UserError option.invalid where a value is not of the option's kind.
 */
export function parseOptions(
  { options }: Pick<Command, 'options'>,
  given: Record<string, unknown>,
  { frontEnd, pictures = [] }: Given,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      !isOfferedOn(option, frontEnd)
        ? option.fallback
        : option.kind === 'pictures'
          ? each(pictures)
          : parseOption(name, option, given[name]),
    ]),
  )
}

function parseOption(name: string, option: Option, value: unknown): unknown {
  if (value === undefined) {
    if (option.fallback === undefined && !option.optional) throw invalid(name, option, 'nothing')
    return option.fallback
  }
  switch (option.kind) {
    case 'upload':
      if (!isSource(value)) throw invalid(name, option, value)
      return value
    case 'ids':
      return parseIds(name, option, value)
    case 'texts':
      return parseTexts(name, option, value)
    case 'examples':
      return parseNames(name, option, value)
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(name, option, value)
      return value
    case 'flag':
      if (typeof value !== 'boolean') throw invalid(name, option, value)
      return value
    case 'choice':
      if (typeof value !== 'string' || !option.choices?.includes(value)) throw invalid(name, option, value)
      return value
    case 'channel':
    case 'role':
      if (typeof value !== 'string' || !DISCORD_ID.test(value)) throw invalid(name, option, value)
      return value
    default:
      if (typeof value === 'object') throw invalid(name, option, value)
      return String(value)
  }
}

function parseTexts(name: string, option: Option, value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  if (!all.every((part) => typeof part === 'string')) throw invalid(name, option, value)
  return all
}

/** A list, or a text in which spaces and commas part them. */
function parseNames(name: string, option: Option, value: unknown): string[] {
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value
  if (typeof value === 'object') throw invalid(name, option, value)
  return String(value)
    .split(/[\s,]+/)
    .filter(Boolean)
}

/** A list, or a text in which commas part them. */
function parseIds(name: string, option: Option, value: unknown): number[] {
  const ids: unknown[] = Array.isArray(value) ? value : String(value).split(',').map(Number)
  if (!ids.every(isId)) throw invalid(name, option, value)
  return ids
}

const isSource = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function'

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0

const invalid = (name: string, { kind, choices }: Option, value: unknown): UserError =>
  new UserError(
    'option.invalid',
    `Expected ${name} to be ${choices ? `one of ${choices.join(', ')}` : `of kind ${kind}`}, received ${[...String(value)].slice(0, 100).join('')}`,
    { option: name },
  )

async function* each(sources: Source[]): AsyncGenerator<Source> {
  yield* sources
}
