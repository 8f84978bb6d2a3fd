import { type App, openApp } from '../app.ts'
import type { Command, CommandEvent, CommandRegistry } from '../commands/define.ts'
import { parseOptions } from '../commands/parse-options.ts'
import { config, readBucket, readDatabaseUrl, readKeys } from '../config.ts'
import { openDataset } from '../db/datasets.ts'
import { sweepDeletedLabels } from '../db/sweep-labels.ts'
import { FileSources } from '../files/sources.ts'
import type { Language } from '../locales/language.ts'
import type { Words } from '../locales/words.ts'
import { openAsk } from './ask.ts'
import { noteFolder } from './folder-note.ts'
import { explainInterrupt } from './interrupt.ts'
import { chooseByKey } from './keys.ts'
import { Output } from './output.ts'
import type { Invocation } from './program.ts'
import { openProgress } from './progress.ts'
import { plain } from './render/format.ts'
import { loadWords } from './words.ts'

/** Runs a command, and those that a person then chooses with a key, and prints what they result in. */
export async function runCommand(
  { command, options, common }: Invocation,
  { registry, language }: { registry: CommandRegistry; language: Language },
): Promise<void> {
  const words = await loadWords(language, common)
  const output = new Output({ common, registry, words })
  const progress = await openProgress(command.name, words)
  explainInterrupt(command, { progress, words })
  let saysSkipped = false
  const show = async (event: CommandEvent): Promise<void> => {
    if (!('result' in event)) return progress.show(event)
    progress.clear()
    saysSkipped ||= 'skipped' in event.result.values
    await output.show(event.result)
  }

  const closed = command.runWithoutDatabase?.(options, openAsk(words))
  if (closed) {
    for await (const event of closed) await show(event)
    return progress.clear()
  }
  const app = await openAppFor(command, { show, words })
  if (!app) return
  try {
    // Where no bot runs, nobody else does.
    await sweepDeletedLabels(app.db)
    const { server, dataset: name } = common
    const dataset = await openDataset(app.db, { server, name, create: command.createsDataset ?? false })
    const call = {
      app,
      commands: registry,
      server,
      dataset,
      by: config.by,
      language,
      canChoose: output.canChoose,
      namesAreFiles: true as const,
      requireAccess: () => {},
    }
    let next: Step | undefined = { command, options }
    while (next) {
      for await (const event of next.command.run({ ...call, options: next.options })) {
        await show(event)
        if (output.isClosed) return
      }
      if (!saysSkipped) noteSkipped(next.options, words)
      next = await chooseNext(output, { registry, words })
    }
  } finally {
    progress.clear()
    await app.close()
  }
}

/** On stderr: what was passed over in folders, where no result counts it. */
function noteSkipped(options: Record<string, unknown>, { terminal }: Words): void {
  for (const value of Object.values(options))
    if (value instanceof FileSources && value.skipped > 0) process.stderr.write(`${terminal.skipped(value.skipped)}\n`)
}

type Front = { show: (event: CommandEvent) => Promise<void>; words: Words }
type Step = { command: Command; options: Record<string, unknown> }

/** Undefined if the database does not open, but the command could still report something. */
async function openAppFor(command: Command, { show, words }: Front): Promise<App | undefined> {
  const sayFolder = noteFolder(words)
  const onCopied = (copy: string): void => void process.stderr.write(`${words.terminal.upgraded(plain(copy))}\n`)
  try {
    const where = { databaseUrl: readDatabaseUrl(), keys: readKeys(), bucket: readBucket() }
    const app = await openApp(config.home, { ...where, onCopied })
    sayFolder()
    return app
  } catch (error) {
    if (!command.onDatabaseError) throw error
    for (const event of command.onDatabaseError(error)) await show(event)
    return undefined
  }
}

async function chooseNext(
  output: Output,
  { registry, words }: { registry: CommandRegistry; words: Words },
): Promise<Step | undefined> {
  if (output.choices.length === 0) return undefined
  const chosen = await chooseByKey(output.choices, words)
  const command = chosen && (await registry.find(chosen.command, 'cli'))
  return command && { command, options: parseOptions(command, chosen.options, { frontEnd: 'cli' }) }
}
