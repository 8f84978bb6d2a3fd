import type { ChoiceKey } from '../commands/results.ts'
import type { ErrorWords } from './error-words.ts'
import type { OperatorWords } from './operator-words.ts'

/** What only a terminal says. Names of commands and options are the same in every language: they are typed. */
export type TerminalWords = {
  /** What the program is for, in its help. */
  description: string
  /** Below the help of the program. @param serve the command that starts the bot */
  serving: (serve: string) => string
  /** Headings of the help. Those of Commander are in English: `Usage:`. */
  headings: Record<'Usage:' | 'Arguments:' | 'Options:' | 'Commands:' | 'Examples:', string>
  /** Where Commander says which values an option takes. */
  values: Record<'default' | 'choices', string>
  /** What every command takes. */
  options: Record<'dataset' | 'server' | 'json' | 'language' | 'help' | 'version' | 'charts' | 'helpOf', string>
  /** By the code of a CommanderError. @param given what is wrong, in English */
  usageErrors: Record<string, (given: string) => string>
  /** A command was called by its former name. */
  renamed: (former: string, name: string) => string
  /** After Ctrl-C. `kept`: what the command says of itself; undefined where all is kept. */
  stopped: (kept: string | undefined) => string
  progress: {
    amount: (done: number, total: number, of: 'pictures' | 'percent' | 'mebibytes') => string
    rate: (perSecond: number) => string
    left: (seconds: number) => string
  }
  /** What keys do that stand for a choice, where it is not said as on a button. */
  keys: Partial<Record<ChoiceKey, string>>
  /** The key that ends it. */
  quit: string
  /** Asks for the value of an option, as a label. */
  question: Record<string, string>
  drawn: (file: string) => string
  withoutPicture: (why: string) => string
  skipped: (entries: number) => string
  upgraded: (copy: string) => string
  /** What is thrown and no person's mistake. */
  bug: string
  /** By the code of a UserError: what the operator is told instead. */
  errors: ErrorWords
  /** Japanese of what commands that only a terminal has, or options that only it takes, declare in English. */
  commands: Record<string, { summary?: string; options?: Record<string, string>; ifInterrupted?: string }>
} & OperatorWords
