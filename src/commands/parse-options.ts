import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Command } from './define.ts'
import type { Option } from './options.ts'

/**
 * The options of a command from what a button, a form or a Discord command gave: texts, numbers and flags by name.
 * Throws UserError option.invalid where a value is not of the option's kind.
 */
export function parseOptions(
  { options }: Pick<Command, 'options'>,
  given: Record<string, unknown>,
  pictures: Source[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      option.kind === 'pictures' ? each(pictures) : parseOption(name, option, given[name]),
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
      return value
    case 'ids':
      return parseIds(name, option, value)
    case 'examples':
      return String(value)
        .split(/[\s,]+/)
        .filter(Boolean)
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(name, option, value)
      return value
    case 'flag':
      if (typeof value !== 'boolean') throw invalid(name, option, value)
      return value
    case 'choice':
      if (!option.choices?.includes(String(value))) throw invalid(name, option, value)
      return value
    default:
      return String(value)
  }
}

function parseIds(name: string, option: Option, value: unknown): number[] {
  const ids = String(value).split(',').map(Number)
  if (!ids.every((id) => Number.isSafeInteger(id) && id > 0)) throw invalid(name, option, value)
  return ids
}

const invalid = (name: string, { kind, choices }: Option, value: unknown): UserError =>
  new UserError(
    'option.invalid',
    `Expected ${name} to be ${choices ? `one of ${choices.join(', ')}` : `of kind ${kind}`}, received ${[...String(value)].slice(0, 100).join('')}`,
    { option: name },
  )

async function* each(sources: Source[]): AsyncGenerator<Source> {
  yield* sources
}
