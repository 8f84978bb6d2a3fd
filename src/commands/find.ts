import type { Command, FrontEnd } from './define.ts'

/** The commands that the entrance hands to a front end. */
export type CommandRegistry = {
  /** The command that a front end knows by this name, or by one of its former names. */
  find(name: string, frontEnd: FrontEnd): Command | undefined
  /** Those that people can type there, in the order of the registry. */
  listFor(frontEnd: FrontEnd): Command[]
}

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

const ALL: readonly FrontEnd[] = ['cli', 'discord']
const frontEndsOf = ({ frontEnds = ALL }: Command): readonly FrontEnd[] => frontEnds
