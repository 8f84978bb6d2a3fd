import { CommanderError, Command as Program } from 'commander'
import { commands, offeredAt } from '../../commands/registry.ts'
import { openApp } from '../app.ts'
import type { Choice, Command, Event } from '../commands/define.ts'
import { config, readKeys } from '../config.ts'
import { explain } from '../db/connection.ts'
import { openDataset, TERMINAL } from '../db/datasets.ts'
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
export async function runTerminal(argv: string[]): Promise<number> {
  const program = new Program('mekiki')
    .description('Teach it to tell your pictures apart, and ask it.')
    .addHelpText(
      'after',
      '\nExamples:\n  mekiki import ./pictures\n  mekiki train\n  mekiki predict new.jpg\n\nmekiki serve: the Discord bot (see .env.example)',
    )
    .exitOverride()
  for (const command of offeredAt('terminal')) addVerb(program, command)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage
    return report(explain(error))
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

function addVerb(program: Program, command: Command): void {
  const verb = program
    .command(command.name)
    .description(command.summary)
    .option('--dataset <name>', 'which dataset', 'main')
    .option('--server <id>', 'the chat server whose dataset it is; left out: the terminal’s own', TERMINAL)
    .option('--json', 'one JSON object a line on stdout')
    .addHelpText('after', `\nExamples:\n${command.examples.map((e) => `  mekiki ${e}`).join('\n')}`)
    .exitOverride()
  if (command.name === 'stats') verb.option('--charts', 'draw them too, and say where the pictures are')
  addOptions(verb, command.options)
  verb.action(() => perform(command, given(verb, command.options), verb.opts<Common>()))
}

const byName = (name: string): Command => commands.find((c) => c.name === name)!

/** Whoever read stdout has gone, as `head` does: no more is said. */
let nobodyReads = false
process.stdout.on('error', (error) => {
  if ((error as { code?: string }).code !== 'EPIPE') throw error
  nobodyReads = true
})

async function perform(command: Command, options: Record<string, unknown>, common: Common): Promise<void> {
  const progress = openProgress(command.name)
  const canTalk = !common.json && process.stdin.isTTY && process.stdout.isTTY
  let choices: Choice[] = []
  const show = async (event: Event): Promise<void> => {
    if ('progress' in event) progress.show(event.progress)
    else {
      progress.end()
      const { answer } = event
      choices = canTalk ? (answer.choices ?? []).filter((c) => byName(c.verb).inPlace) : []
      const isTalk = choices.length > 0
      if (isTalk && answer.gallery && showsPictures()) process.stdout.write(`${await drawPreview(answer.gallery)}\n`)
      const pictures = isTalk ? {} : await writePictures(answer, common.charts ?? false)
      const all = { ...answer.values, ...pictures }
      process.stdout.write(`${common.json ? JSON.stringify(all) : render(all)}\n`)
    }
  }
  const app = await openApp(config.home, readKeys()).catch((error) => {
    if (!command.whenBroken) throw error
    for (const event of command.whenBroken(error)) void show(event)
  })
  if (!app) return
  try {
    const dataset = await openDataset(app.store, common.server, common.dataset, command.makesDataset ?? false)
    const call = { app, server: common.server, dataset, by: config.by, demand: () => {} }
    for (let next: { verb: Command; options: object } | undefined = { verb: command, options }; next; ) {
      for await (const event of next.verb.run({ ...call, options: { ...next.options } })) {
        await show(event)
        if (nobodyReads) return
      }
      const chosen = choices.length > 0 ? await chooseByKey(choices) : undefined
      next = chosen && { verb: byName(chosen.verb), options: chosen.options }
    }
  } finally {
    progress.end()
    await app.close()
  }
}
