import { CommanderError, Command as Program } from 'commander'
import { openApp } from '../app.ts'
import type { Choice, Command, CommandEvent } from '../commands/define.ts'
import type { CommandRegistry } from '../commands/find.ts'
import { config, readKeys } from '../config.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { LOCAL_SERVER, openDataset } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import { chooseByKey } from './keys.ts'
import { addOptions, given } from './options.ts'
import { writePictures } from './pictures.ts'
import { drawPreview, showsPictures } from './preview.ts'
import { openProgress } from './progress.ts'
import { plain, render } from './render.ts'

const EXIT = { mistake: 1, usage: 2, ours: 70 }
/** Of every verb. */
type Common = { server: string; dataset: string; json?: true; charts?: true }

/** Runs one command line. @returns the exit status: 0, 1 a person's mistake, 2 wrong usage, 70 our fault */
export async function runCli(argv: string[], commands: CommandRegistry): Promise<number> {
  const program = new Program('mekiki')
    .description('Teach it to tell your pictures apart, and ask it.')
    .addHelpText(
      'after',
      '\nExamples:\n  mekiki import ./pictures\n  mekiki train\n  mekiki predict new.jpg\n\nmekiki serve: the Discord bot (see .env.example)',
    )
    .exitOverride()
  for (const command of commands.listFor('cli')) addCommand(program, command, commands)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage
    return report(explainDatabaseError(error))
  }
}

function report(error: unknown): number {
  if (error instanceof UserError) {
    process.stderr.write(`${plain(error.message)} (${error.code})\n`)
    return EXIT.mistake
  }
  process.stderr.write(`Our fault, not yours: ${error instanceof Error ? error.stack : error}\n`)
  return EXIT.ours
}

function addCommand(program: Program, command: Command, commands: CommandRegistry): void {
  const verb = program
    .command(command.name)
    .description(command.summary)
    .option('--dataset <name>', 'which dataset', 'main')
    .option('--server <id>', 'the chat server whose dataset it is; left out: the terminal’s own', LOCAL_SERVER)
    .option('--json', 'one JSON object a line on stdout')
    .addHelpText('after', `\nExamples:\n${command.examples.map((e) => `  mekiki ${e}`).join('\n')}`)
    .exitOverride()
  if (command.name === 'stats') verb.option('--charts', 'draw them too, and say where the pictures are')
  addOptions(verb, command.options)
  verb.action(() => runCommand(command, given(verb, command.options), verb.opts<Common>(), commands))
}

/** Whoever read stdout has gone, as `head` does: no more is said. */
let nobodyReads = false
process.stdout.on('error', (error) => {
  if ((error as { code?: string }).code !== 'EPIPE') throw error
  nobodyReads = true
})

async function runCommand(
  command: Command,
  options: Record<string, unknown>,
  common: Common,
  commands: CommandRegistry,
): Promise<void> {
  const progress = openProgress(command.name)
  const canTalk = !common.json && process.stdin.isTTY && process.stdout.isTTY
  let choices: Choice[] = []
  const show = async (event: CommandEvent): Promise<void> => {
    if (!('result' in event)) progress.show(event)
    else {
      progress.end()
      const { result } = event
      choices = canTalk ? (result.choices ?? []).filter((c) => commands.find(c.command, 'cli')?.updatesInPlace) : []
      const isTalk = choices.length > 0
      if (isTalk && result.gallery && showsPictures()) process.stdout.write(`${await drawPreview(result.gallery)}\n`)
      const pictures = isTalk ? {} : await writePictures(result, common.charts ?? false)
      const all = { ...result.values, ...pictures }
      process.stdout.write(`${common.json ? JSON.stringify(all) : render(all)}\n`)
    }
  }
  const app = await openApp(config.home, readKeys()).catch((error) => {
    if (!command.onDatabaseError) throw error
    for (const event of command.onDatabaseError(error)) void show(event)
  })
  if (!app) return
  try {
    const dataset = await openDataset(app.db, {
      server: common.server,
      name: common.dataset,
      create: command.createsDataset ?? false,
    })
    const call = { app, commands, server: common.server, dataset, by: config.by, requireAccess: () => {} }
    for (let next: { command: Command; options: object } | undefined = { command, options }; next; ) {
      for await (const event of next.command.run({ ...call, options: { ...next.options } })) {
        await show(event)
        if (nobodyReads) return
      }
      const chosen = choices.length > 0 ? await chooseByKey(choices) : undefined
      const following = chosen && commands.find(chosen.command, 'cli')
      next = following && chosen && { command: following, options: chosen.options }
    }
  } finally {
    progress.end()
    await app.close()
  }
}
