import { CommanderError } from 'commander'
import type { CommandRegistry } from '../commands/define.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { UserError } from '../errors.ts'
import { buildProgram } from './program.ts'
import { plain } from './render/format.ts'
import { runCommand } from './run-command.ts'

/** Exit statuses, as docs/cli.md explains them. */
const EXIT = { success: 0, userError: 1, usage: 2, internal: 70 }

/** Runs one command line and returns its exit status. */
export async function runCli(argv: string[], registry: CommandRegistry): Promise<number> {
  // Help is printed before a command has its Output.
  process.stdout.on('error', ignoreClosedPipe)
  const named = await registry.find(argv[0] ?? '', 'cli')
  // Help and spelling suggestions need all commands.
  const commands = named ? [named] : await registry.listFor('cli')
  const program = buildProgram(commands, (invocation) => runCommand(invocation, registry))
  try {
    await program.parseAsync(argv, { from: 'user' })
    return EXIT.success
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage
    return report(explainDatabaseError(error))
  }
}

/** Whoever read the output has gone, as `head` does. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function report(error: unknown): number {
  if (error instanceof UserError) {
    process.stderr.write(`${plain(error.message)} (${error.code})\n`)
    return EXIT.userError
  }
  process.stderr.write(`This is a bug in Mekiki, not your mistake: ${error instanceof Error ? error.stack : error}\n`)
  return EXIT.internal
}
