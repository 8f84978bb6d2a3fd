import type { Command } from '../commands/define.ts'

/** How a language names and describes a command and its options. `name` is at most 32 characters, Discord's limit. */
export type CommandWords = { name: string; summary: string; options: Record<string, string> }

/** A command in a language: as the catalogue has it, or as the command declares itself in English. */
export function wordsOfCommand(
  { commands }: { commands: Record<string, CommandWords> },
  { name, summary, options }: Pick<Command, 'name' | 'summary' | 'options'>,
): CommandWords {
  const declared = Object.entries(options).map(([option, { describe }]) => [option, describe])
  return commands[name] ?? { name, summary, options: Object.fromEntries(declared) }
}
