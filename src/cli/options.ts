import { Argument, InvalidArgumentError, Option, type Command as Verb } from 'commander'
import type { Command } from '../commands/define.ts'
import { sourcesOf } from '../files.ts'

/** Declares what a verb takes: arguments in order, `named` ones as --options. */
export function addOptions(verb: Verb, options: Command['options']): void {
  for (const [name, { kind, describe, choices, optional, named, fallback, at }] of Object.entries(options)) {
    if (at === 'chat') continue
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
export function given(verb: Verb, options: Command['options']): Record<string, unknown> {
  const inOrder = verb.processedArgs as unknown[]
  const named = verb.opts()
  let at = 0
  return Object.fromEntries(
    Object.entries(options).map(([name, { kind, named: isNamed, at: only }]) => {
      if (only === 'chat') return [name, undefined]
      const value = isNamed ? named[name] : inOrder[at++]
      return [name, kind === 'pictures' ? sourcesOf(value as string[]) : value]
    }),
  )
}

function toNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.')
  return value
}
