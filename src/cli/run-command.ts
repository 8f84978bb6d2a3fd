import { type App, openApp } from '../app.ts'
import type { Command, CommandEvent, CommandRegistry } from '../commands/define.ts'
import { config, readKeys } from '../config.ts'
import { openDataset } from '../db/datasets.ts'
import { FileSources } from '../files/sources.ts'
import { noteFolder } from './folder-note.ts'
import { explainInterrupt } from './interrupt.ts'
import { chooseByKey } from './keys.ts'
import { Output } from './output.ts'
import type { Invocation } from './program.ts'
import { openProgress } from './progress.ts'
import { describeSkipped } from './render/dataset.ts'
import { plain } from './render/format.ts'

/** Runs a command, and those that a person then chooses with a key, and prints what they result in. */
export async function runCommand({ command, options, common }: Invocation, registry: CommandRegistry): Promise<void> {
  const output = new Output(common, registry)
  const progress = await openProgress(command.name)
  explainInterrupt(command, progress)
  let saysSkipped = false
  const show = async (event: CommandEvent): Promise<void> => {
    if (!('result' in event)) return progress.show(event)
    progress.clear()
    saysSkipped ||= 'skipped' in event.result.values
    await output.show(event.result)
  }

  const closed = command.runWithoutDatabase?.(options)
  if (closed) {
    for await (const event of closed) await show(event)
    return progress.clear()
  }
  const app = await openAppFor(command, show)
  if (!app) return
  try {
    const { server, dataset: name } = common
    const dataset = await openDataset(app.db, { server, name, create: command.createsDataset ?? false })
    const call = {
      app,
      commands: registry,
      server,
      dataset,
      by: config.by,
      canChoose: output.canChoose,
      requireAccess: () => {},
    }
    let next: Step | undefined = { command, options }
    while (next) {
      for await (const event of next.command.run({ ...call, options: next.options })) {
        await show(event)
        if (output.isClosed) return
      }
      if (!saysSkipped) noteSkipped(next.options)
      next = await chooseNext(output, registry)
    }
  } finally {
    progress.clear()
    await app.close()
  }
}

/** On stderr: what was passed over in folders, where no result counts it. */
function noteSkipped(options: Record<string, unknown>): void {
  for (const value of Object.values(options))
    if (value instanceof FileSources && value.skipped > 0) process.stderr.write(`${describeSkipped(value.skipped)}\n`)
}

type Step = { command: Command; options: Record<string, unknown> }

/** Undefined if the database does not open, but the command could still report something. */
async function openAppFor(command: Command, show: (event: CommandEvent) => Promise<void>): Promise<App | undefined> {
  const sayFolder = noteFolder()
  try {
    const app = await openApp(config.home, { keys: readKeys(), onCopied: sayWhere })
    sayFolder()
    return app
  } catch (error) {
    if (!command.onDatabaseError) throw error
    for (const event of command.onDatabaseError(error)) await show(event)
    return undefined
  }
}

const sayWhere = (copy: string): void =>
  void process.stderr.write(`The database was upgraded. A copy of what it was is at ${plain(copy)} for 14 days.\n`)

async function chooseNext(output: Output, registry: CommandRegistry): Promise<Step | undefined> {
  if (output.choices.length === 0) return undefined
  const chosen = await chooseByKey(output.choices)
  const command = chosen && (await registry.find(chosen.command, 'cli'))
  return command && { command, options: chosen.options }
}
