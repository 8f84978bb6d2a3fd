import { Argument, InvalidArgumentError, type Command as Program, Option as ProgramOption } from 'commander'
import type { Command } from '../commands/define.ts'
import { isOfferedOn } from '../commands/front-ends.ts'
import type { Option } from '../commands/options.ts'
import { FileSources } from '../files/sources.ts'

/** Declares what a command takes: arguments in order, `named` ones as --options. */
export function addOptions(program: Program, options: Command['options']): void {
  for (const [name, option] of Object.entries(options)) {
    if (!isOfferedOn(option, 'cli')) continue
    if (option.named) program.addOption(toOption(name, option))
    else program.addArgument(toArgument(name, option))
  }
}

function toOption(name: string, { kind, describe, choices, fallback, min, max, fractions }: Option): ProgramOption {
  // Commander gives `trainAt` for `--train-at`.
  const typed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const option = new ProgramOption(kind === 'flag' ? `--${typed}` : `--${typed} <${typed}>`, describe)
  if (kind === 'number') option.argParser((text) => parseNumber(text, { min, max, fractions }))
  if (choices) option.choices(choices)
  if (fallback !== undefined) option.default(fallback)
  return option
}

function toArgument(
  name: string,
  { kind, describe, choices, optional, fallback, min, max, fractions }: Option,
): Argument {
  const dots = kind === 'pictures' || kind === 'examples' ? '...' : ''
  const argument = new Argument(optional ? `[${name}${dots}]` : `<${name}${dots}>`, describe)
  if (kind === 'number') argument.argParser((text) => parseNumber(text, { min, max, fractions }))
  if (choices) argument.choices(choices)
  if (fallback !== undefined) argument.default(fallback)
  return argument
}

/** What was given on the command line, by name. */
export function readOptions(program: Program, options: Command['options']): Record<string, unknown> {
  const positional = program.processedArgs.values()
  const named = program.opts()
  const given: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(options)) {
    if (!isOfferedOn(option, 'cli')) continue
    const value: unknown = option.named ? named[name] : positional.next().value
    given[name] = option.kind === 'pictures' && Array.isArray(value) ? new FileSources(value.map(String)) : value
  }
  return given
}

type Range = { min?: number | undefined; max?: number | undefined; fractions?: boolean | undefined }

function parseNumber(text: string, { min = -Infinity, max = Infinity, fractions = false }: Range): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.')
  if (!fractions && !Number.isSafeInteger(value)) throw new InvalidArgumentError('Expected a whole number.')
  if (value < min || value > max) throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`)
  return value
}
