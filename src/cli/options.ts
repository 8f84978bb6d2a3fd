import { Argument, type Command as CommanderCommand, InvalidArgumentError, Option } from 'commander'
import type { Command } from '../commands/define.ts'
import { sourcesOf } from '../files.ts'

/** Declares what a verb takes: arguments in order, `named` ones as --options. */
export function addOptions(verb: CommanderCommand, options: Command['options']): void {
  for (const [name, { kind, describe, choices, optional, named, fallback, frontEnds }] of Object.entries(options)) {
    if (frontEnds && !frontEnds.includes('cli')) continue
    if (named) {
      const option = new Option(kind === 'flag' ? `--${name}` : `--${name} <${name}>`, describe)
      if (kind === 'number') option.argParser(toNumber)
      if (choices) option.choices(choices)
      if (fallback !== undefined) option.default(fallback)
      verb.addOption(option)
      continue
    }
    const dots = kind === 'pictures' || kind === 'examples' ? '...' : ''
    const argument = new Argument(optional ? `[${name}${dots}]` : `<${name}${dots}>`, describe)
    if (choices) argument.choices(choices)
    if (fallback !== undefined) argument.default(fallback)
    verb.addArgument(argument)
  }
}

/** What was given on the command line, by name. */
export function given(verb: CommanderCommand, options: Command['options']): Record<string, unknown> {
  const positional = verb.processedArgs as unknown[]
  const named = verb.opts()
  let at = 0
  return Object.fromEntries(
    Object.entries(options).map(([name, { kind, named: isNamed, frontEnds }]) => {
      if (frontEnds && !frontEnds.includes('cli')) return [name, undefined]
      const value = isNamed ? named[name] : positional[at++]
      return [name, kind === 'pictures' ? sourcesOf(value as string[]) : value]
    }),
  )
}

function toNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.')
  return value
}
