import type { Command as Program } from 'commander'
import { buildProgram } from '../../src/cli/program.ts'
import { loadWords } from '../../src/cli/words.ts'
import type { Command, CommandRegistry } from '../../src/commands/define.ts'
import { describeEnvironment } from './environment.ts'
import { code, table } from './markdown.ts'

/** Long names of options that every command has: they are explained once. */
const COMMON = ['--dataset', '--server', '--json', '--language', '--help']

/** The page about the command line. @param environment the text of .env.example */
export async function describeCli(registry: CommandRegistry, environment: string): Promise<string> {
  const declared = await registry.listFor('cli')
  const program = buildProgram(declared, {
    words: await loadWords('en', { server: '', dataset: 'main' }),
    run: async () => {},
  })
  const commands = program
    .createHelp()
    .visibleCommands(program)
    .filter((c) => c.name() !== 'help')
  const [first] = commands
  if (!first) throw new Error('Expected commands, found none')
  return [
    INTRODUCTION,
    table(
      ['command', 'what it does'],
      [...commands.map((c) => [`[${c.name()}](#${c.name()})`, c.description()]), SERVE],
    ),
    '## Options of every command',
    optionsOf(first, (long) => COMMON.includes(long)),
    EXIT_STATUSES,
    ...commands.map((c) => describeCommand(c, declared)),
    '## Environment variables',
    'They can also stand in a file `.env`: [configuration.md](configuration.md) says where, and has them as a table.',
    describeEnvironment(environment),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

const INTRODUCTION = `# Command line

<!-- Written by scripts/cli-docs.ts from what the commands declare: change them, then run \`npm run cli-docs\`. -->

    mekiki import ./pictures
    mekiki train
    mekiki predict new.jpg

A command prints a short summary on stdout. With \`--json\` it prints one JSON object per line instead, with all values. Progress and
errors go to stderr; a progress bar is shown only where stderr is a terminal. \`NO_COLOR\` is respected.

Ctrl-C keeps everything done so far; the same command goes on from there. Pictures that a command draws (\`stats --charts\`,
\`predict --why\`) are written into the folder \`mekiki-charts\` in the working directory, over those of the last time.

\`mekiki --version\` prints the version, \`mekiki help COMMAND\` explains a command.`

const SERVE = ['serve', 'start the Discord bot: [discord.md](discord.md)']

const EXIT_STATUSES = `## Exit statuses

${table(
  ['status', 'meaning'],
  [
    ['0', 'it worked'],
    ['1', 'a mistake that you can fix; the message on stderr says what was expected and ends with a stable code'],
    ['2', 'wrong usage: an unknown command or option, or a missing argument'],
    ['70', 'a bug in Mekiki'],
    ['130', 'stopped with Ctrl-C'],
  ],
)}`

function describeCommand(command: Program, declared: readonly Command[]): string {
  const name = command.name()
  const { examples = [], formerNames = [] } = declared.find((c) => c.name === name) ?? {}
  const usage = command.createHelp().commandUsage(command)
  return [
    `## ${name}`,
    `${sentence(command.description())}${formerNames.map((n) => ` Its former name ${code(n)} works until 0.3.`).join('')}`,
    `    ${usage}`,
    argumentsOf(command),
    optionsOf(command, (long) => !COMMON.includes(long)),
    examples.length > 0 && `Examples:\n\n${examples.map((e) => `    mekiki ${e}`).join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

function argumentsOf({ registeredArguments }: Program): string {
  if (registeredArguments.length === 0) return ''
  const rows = registeredArguments.map((a) => [code(a.name()), a.description, valuesOf(a, a.required)])
  return table(['argument', 'meaning', 'values'], rows)
}

function optionsOf(command: Program, isWanted: (long: string) => boolean): string {
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter((o) => isWanted(o.long ?? ''))
  if (options.length === 0) return ''
  return table(
    ['option', 'meaning', 'values'],
    options.map((o) => [code(o.flags), o.description, valuesOf(o, o.mandatory)]),
  )
}

type Value = { argChoices?: string[] | undefined; defaultValue?: unknown }

function valuesOf({ argChoices, defaultValue }: Value, isRequired: boolean): string {
  const choices = (argChoices ?? []).map(code).join(', ')
  const fallback = defaultValue === undefined || defaultValue === '' ? '' : `by default ${code(String(defaultValue))}`
  return [choices, fallback, isRequired ? 'required' : ''].filter(Boolean).join('; ')
}
