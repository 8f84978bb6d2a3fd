import type { Command, CommandRegistry } from './define.ts'
import { FRONT_ENDS, type FrontEnd } from './front-ends.ts'

/** Two commands may share a name as long as no front end offers both. Throws an Error otherwise. */
export function openRegistry(commands: readonly Command[]): CommandRegistry {
  const byName = new Map<string, Command>()
  for (const command of commands)
    for (const name of [command.name, ...(command.formerNames ?? [])])
      for (const frontEnd of frontEndsOf(command)) {
        const key = `${frontEnd} ${name}`
        if (byName.has(key)) throw new Error(`Two commands of ${frontEnd} are named ${name}`)
        byName.set(key, command)
      }
  return {
    find: (name, frontEnd) => byName.get(`${frontEnd} ${name}`),
    listFor: (frontEnd) => commands.filter((c) => !c.hidden && frontEndsOf(c).includes(frontEnd)),
  }
}

const frontEndsOf = ({ frontEnds = FRONT_ENDS }: Command): readonly FrontEnd[] => frontEnds
