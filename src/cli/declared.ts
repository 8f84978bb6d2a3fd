import type { Command } from '../commands/define.ts'
import { isOfferedOn } from '../commands/front-ends.ts'
import { wordsOfCommand } from '../locales/command-words.ts'
import type { Words } from '../locales/words.ts'

type Declared = Pick<Command, 'summary' | 'options'> & { ifInterrupted: string | undefined }

/** What a command declares of itself, in a language; in English where the language has no words for it. */
export function declareIn(words: Words, command: Command): Declared {
  const typed = words.terminal.commands[command.name] ?? {}
  // A command of the terminal alone may have the name of another one of the chat.
  const isShared = isOfferedOn(command, 'discord')
  const shared = isShared ? wordsOfCommand(words, command) : command
  const options = Object.entries(command.options).map(([name, option]) => {
    const told = isShared ? wordsOfCommand(words, command).options[name] : undefined
    return [name, { ...option, describe: typed.options?.[name] ?? told ?? option.describe }]
  })
  return {
    summary: typed.summary ?? shared.summary,
    options: Object.fromEntries(options),
    ifInterrupted: typed.ifInterrupted ?? command.ifInterrupted,
  }
}
