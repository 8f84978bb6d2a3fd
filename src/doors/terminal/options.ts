import { Argument, Option, type Command as Verb } from 'commander'
import type { Command } from '../../../commands/command.ts'

/** Declares what a verb takes: arguments in order, `named` ones as --options. */
export function addOptions(verb: Verb, options: Command['options']): void {
  for (const [name, { kind, describe, choices, optional, named, fallback }] of Object.entries(options)) {
    if (named) {
      const option = new Option(`--${name} <${name}>`, describe)
      if (choices) option.choices(choices)
      if (fallback !== undefined) option.default(fallback)
      verb.addOption(option)
      continue
    }
    const dots = kind === 'paths' ? '...' : ''
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
    Object.entries(options).map(([name, option]) => [name, option.named ? named[name] : inOrder[at++]]),
  )
}
