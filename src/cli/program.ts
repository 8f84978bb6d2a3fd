import { Command as Program } from 'commander'
import type { Command } from '../commands/define.ts'
import { config } from '../config.ts'
import { DEFAULT_DATASET, LOCAL_SERVER } from '../db/datasets.ts'
import { addOptions, readOptions } from './options.ts'
import { CHARTS_FOLDER } from './pictures.ts'
import { readVersion } from './version.ts'

/** Options of every command, beside its own; `charts` is of `stats` alone. */
export type CommonOptions = { server: string; dataset: string; json?: true; charts?: true }

/** A command with what was given on the command line. */
export type Invocation = { command: Command; options: Record<string, unknown>; common: CommonOptions }

/** The release in which former names of commands stop working. */
const FORMER_NAMES_END = '0.3'

const HELP = `
Examples:
  ${config.program} import ./pictures
  ${config.program} train
  ${config.program} predict new.jpg

${config.program} serve starts the Discord bot (see .env.example).`

/** The command line as Commander parses it. @param run carries out what was asked for */
export function buildProgram(commands: readonly Command[], run: (invocation: Invocation) => Promise<void>): Program {
  const program = new Program(config.program)
    .description('Teach Mekiki to tell your pictures apart, and ask it about new ones.')
    .version(readVersion(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', HELP)
    .exitOverride()
  for (const command of commands) {
    addCommand({ program, command, name: command.name, run })
    for (const name of command.formerNames ?? []) addCommand({ program, command, name, run })
  }
  return program
}

type Addition = {
  program: Program
  command: Command
  /** Its name, or a former one, which help does not list. */
  name: string
  run: (invocation: Invocation) => Promise<void>
}

function addCommand({ program, command, name, run }: Addition): void {
  const isFormer = name !== command.name
  const added = program
    .command(name, { hidden: isFormer })
    .description(command.summary)
    .option('--dataset <name>', 'the dataset', DEFAULT_DATASET)
    .option('--server <id>', 'the Discord server that the dataset belongs to; by default none', LOCAL_SERVER)
    .option('--json', 'print one JSON object per line on stdout')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', `\nExamples:\n${command.examples.map((e) => `  ${config.program} ${e}`).join('\n')}`)
    .exitOverride()
  // Only a terminal draws charts into files; a chat always shows them.
  if (command.name === 'stats') added.option('--charts', `draw charts, too, into the folder ${CHARTS_FOLDER}`)
  addOptions(added, command.options)
  added.action(() => {
    if (isFormer)
      process.stderr.write(`\`${name}\` is now \`${command.name}\`; the old name goes away in ${FORMER_NAMES_END}.\n`)
    return run({ command, options: readOptions(added, command.options), common: added.opts<CommonOptions>() })
  })
}
