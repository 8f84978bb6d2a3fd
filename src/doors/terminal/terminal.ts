import { CommanderError, Command as Program } from 'commander'
import { commands } from '../../../commands/all.ts'
import type { Command } from '../../../commands/command.ts'
import { openApp } from '../../app.ts'
import { config } from '../../config.ts'
import { UserError } from '../../errors.ts'
import { plain, render } from './render.ts'

const EXIT = { mistake: 1, usage: 2, ours: 70 }
/** Milliseconds between two lines of progress. */
const QUIET = 1000

type Options = { dataset: string; json?: true }

/** Runs one command line. @returns the exit status: 0, 1 a person's mistake, 2 wrong usage, 70 our fault */
export async function runTerminal(argv: string[]): Promise<number> {
  const program = new Program('mekiki').description('Teach it to tell your pictures apart, and ask it.').exitOverride()
  for (const command of commands) addVerb(program, command)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage
    if (error instanceof UserError) {
      process.stderr.write(`${plain(error.message)} (${error.code})\n`)
      return EXIT.mistake
    }
    process.stderr.write(`Our fault, not yours: ${error instanceof Error ? error.stack : error}\n`)
    return EXIT.ours
  }
}

function addVerb(program: Program, command: Command): void {
  const verb = program
    .command(command.name)
    .description(command.summary)
    .option('--dataset <name>', 'which dataset', 'main')
    .option('--json', 'one JSON object a line on stdout')
    .addHelpText('after', `\nExamples:\n${command.examples.map((e) => `  mekiki ${e}`).join('\n')}`)
    .exitOverride()
  for (const argument of command.arguments) verb.argument(argument)
  verb.action(() => perform(command, verb.args, verb.opts<Options>()))
}

async function perform(command: Command, values: string[], { dataset, json }: Options): Promise<void> {
  const app = await openApp(config.home, dataset)
  let said = 0
  try {
    for await (const event of command.run({ app, values, by: config.by })) {
      if ('answer' in event) process.stdout.write(`${json ? JSON.stringify(event.answer) : render(event.answer)}\n`)
      else if (performance.now() - said > QUIET) {
        said = performance.now()
        process.stderr.write(`${command.name}: ${event.progress} done\n`)
      }
    }
  } finally {
    await app.close()
  }
}
