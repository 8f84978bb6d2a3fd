import type { CommanderError } from 'commander'
import { explainDatabaseError } from '../db/database-errors.ts'
import { UserError } from '../errors.ts'
import type { Words } from '../locales/words.ts'
import { plain } from './render/format.ts'

/** Says on stderr what went wrong: in words, and with what was expected, what came, and a stable code. */
export function reportError(thrown: unknown, words: Words): 'mistake' | 'bug' {
  const error = explainDatabaseError(thrown)
  if (error instanceof UserError) {
    process.stderr.write(`${describeMistake(error, words)}\n`)
    return 'mistake'
  }
  process.stderr.write(`${words.terminal.bug} ${error instanceof Error ? error.stack : error}\n`)
  return 'bug'
}

/** In words, and with what was expected, what came, and a stable code. */
export function describeMistake({ code, message, values }: UserError, { errors, terminal }: Words): string {
  const technical = `${plain(message)} (${code})`
  const text = terminal.errors[code] ?? errors[code]
  if (text === undefined) return technical
  return `${typeof text === 'function' ? text(values) : text}\n  ${technical}`
}

/** Says on stderr what is wrong with how a command was called. 'none': the help was asked for. */
export function reportUsage({ code, exitCode, message }: CommanderError, { terminal }: Words): 'mistake' | 'none' {
  if (exitCode === 0) return 'none'
  // The help, where no command was named, has been written already.
  if (!code.startsWith('commander.help'))
    process.stderr.write(`${terminal.usageErrors[code]?.(plain(message)) ?? message}\n`)
  return 'mistake'
}
