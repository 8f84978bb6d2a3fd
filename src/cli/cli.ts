import { CommanderError } from 'commander'
import type { CommandRegistry } from '../commands/define.ts'
import { DEFAULT_DATASET, LOCAL_SERVER } from '../db/datasets.ts'
import { reportError, reportUsage } from './errors.ts'
import { languageOf } from './language.ts'
import { buildProgram } from './program.ts'
import { runCommand } from './run-command.ts'
import { loadWords } from './words.ts'

/** Exit statuses, as docs/cli.md explains them. */
const EXIT = { success: 0, userError: 1, usage: 2, internal: 70 }

/** What is said of no dataset. */
const ANYWHERE = { server: LOCAL_SERVER, dataset: DEFAULT_DATASET }

/** Runs one command line and returns its exit status. */
export async function runCli(argv: string[], registry: CommandRegistry): Promise<number> {
  // Help is printed before a command has its Output.
  process.stdout.on('error', ignoreClosedPipe)
  const named = await registry.find(argv[0] ?? '', 'cli')
  // Help and spelling suggestions need all commands.
  const commands = named ? [named] : await registry.listFor('cli')
  const language = languageOf(argv)
  const words = await loadWords(language, ANYWHERE)
  const program = buildProgram(commands, {
    words,
    run: (invocation) => runCommand(invocation, { registry, language }),
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return EXIT.success
  } catch (error) {
    if (error instanceof CommanderError) return reportUsage(error, words) === 'mistake' ? EXIT.usage : EXIT.success
    return reportError(error, words) === 'mistake' ? EXIT.userError : EXIT.internal
  }
}

/** Whoever read the output has gone, as `head` does. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
