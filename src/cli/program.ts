import { Command as Program, Option as ProgramOption } from 'commander'
import type { Command } from '../commands/define.ts'
import { config } from '../config.ts'
import { DEFAULT_DATASET, LOCAL_SERVER } from '../db/datasets.ts'
import { LANGUAGES } from '../locales/language.ts'
import type { TerminalWords } from '../locales/terminal-words.ts'
import type { Words } from '../locales/words.ts'
import { readVersion } from '../version.ts'
import { declareIn } from './declared.ts'
import { helpIn } from './help.ts'
import { addOptions, readOptions } from './options.ts'
import { CHARTS_FOLDER } from './pictures.ts'

/** Options of every command, beside its own; `charts` is of `stats` alone. */
export type CommonOptions = { server: string; dataset: string; json?: true; language?: string; charts?: true }

/** A command with what was given on the command line. */
export type Invocation = { command: Command; options: Record<string, unknown>; common: CommonOptions }

/** Pictures are added, learned from and asked about. */
const EXAMPLES = ['import ./pictures', 'train', 'predict new.jpg']

/** @param run carries out what was asked for */
type Front = { words: Words; run: (invocation: Invocation) => Promise<void> }

/** The command line as Commander parses it, and its help in a language. */
export function buildProgram(commands: readonly Command[], { words, run }: Front): Program {
  const { terminal } = words
  const program = new Program(config.program)
    .description(terminal.description)
    .version(readVersion(), '-V, --version', terminal.options.version)
    .addOption(languageOption(terminal))
    .helpOption('-h, --help', terminal.options.help)
    .helpCommand('help [command]', terminal.options.helpOf)
    .addHelpText('after', `${examples(EXAMPLES, terminal)}\n\n${terminal.serving(`${config.program} serve`)}`)
    .configureHelp(helpIn(terminal))
    .configureOutput(SILENT)
    .exitOverride()
  for (const command of commands) {
    addCommand({ program, command, name: command.name, words, run })
    for (const name of command.formerNames ?? []) addCommand({ program, command, name, words, run })
  }
  return program
}

/** What is wrong with the usage is said where it is caught. */
const SILENT = { outputError: () => {} }

const examples = (commands: readonly string[], { headings }: TerminalWords): string =>
  `\n${headings['Examples:']}\n${commands.map((e) => `  ${config.program} ${e}`).join('\n')}`

const languageOption = ({ options }: TerminalWords): ProgramOption =>
  new ProgramOption('--language <language>', options.language).choices(LANGUAGES)

type Addition = {
  program: Program
  command: Command
  /** Its name, or a former one, which help does not list. */
  name: string
} & Front

function addCommand({ program, command, name, words, run }: Addition): void {
  const isFormer = name !== command.name
  const { terminal } = words
  const { summary, options } = declareIn(words, command)
  const added = program
    .command(name, { hidden: isFormer })
    .description(summary)
    .option('--dataset <name>', terminal.options.dataset, DEFAULT_DATASET)
    .option('--server <id>', terminal.options.server, LOCAL_SERVER)
    .option('--json', terminal.options.json)
    .helpOption('-h, --help', terminal.options.help)
    .addHelpText('after', examples(command.examples, terminal))
    .configureHelp(helpIn(terminal))
    .configureOutput(SILENT)
    .exitOverride()
  // Only a terminal draws charts into files; a chat always shows them.
  if (command.name === 'stats') added.option('--charts', `${terminal.options.charts} ${CHARTS_FOLDER}`)
  // A command that sets a language is answered in the same.
  if (!options.language) added.addOption(languageOption(terminal))
  addOptions(added, options)
  added.action(() => {
    if (isFormer) process.stderr.write(`${terminal.renamed(name, command.name)}\n`)
    return run({ command, options: readOptions(added, command.options), common: added.opts<CommonOptions>() })
  })
}
