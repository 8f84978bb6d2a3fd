import type { Command, CommandRegistry } from './define.ts'
import { isOfferedOn } from './front-ends.ts'

/** Where a command is, with its name and its former names: they must be those that it declares. */
type CommandModule = { names: readonly string[]; load(): Promise<{ default: Command }> }

/** Two commands may share a name as long as no front end offers both. */
export function openRegistry(modules: readonly CommandModule[]): CommandRegistry {
  return {
    async find(name, frontEnd) {
      const named = await Promise.all(modules.filter(({ names }) => names.includes(name)).map(loadCommand))
      return named.find((command) => isOfferedOn(command, frontEnd))
    },
    async listFor(frontEnd, { hidden = false } = {}) {
      const commands = await Promise.all(modules.map(loadCommand))
      return commands.filter((c) => (hidden || !c.hidden) && isOfferedOn(c, frontEnd))
    },
  }
}

async function loadCommand({ names, load }: CommandModule): Promise<Command> {
  const { default: command } = await load()
  const declared = [command.name, ...(command.formerNames ?? [])]
  if (declared.join() !== names.join())
    throw new Error(`Expected the names ${declared.join()}, received ${names.join()}`)
  return command
}
