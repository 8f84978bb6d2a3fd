import type { App } from '../app.ts'
import type { Tile } from '../charts/gallery.ts'
import type { ZipLimits } from '../files/zip/limits.ts'
import type { Progress } from '../progress.ts'
import type { Access } from '../services/permissions.ts'
import type { Settings } from '../services/settings.ts'
import type { Ask } from './ask.ts'
import type { FrontEnd } from './front-ends.ts'
import type { Option } from './options.ts'
import type { ChoiceKey, Results } from './results.ts'

/** What a command yields while it runs: its progress, or a result. With `--json`, the values of a result are one line. */
export type CommandEvent = Progress | { result: Result }

/** Data only. Each front end renders it in its own way. */
export type Result = { [K in keyof Results]: { key: K; values: Results[K] } }[keyof Results] & Extras

type Extras = {
  /** JPEG copies of examples, to be shown small. */
  thumbnailStrip?: Uint8Array[]
  /** Some of them are spoilers: a chat keeps the strip covered. */
  hasSpoilers?: boolean
  /** Of the picture that was asked about: a small WebP, to be seen beside the answer. */
  thumbnail?: { bytes: Uint8Array; isSpoiler: boolean }
  /** Pictures with captions, to be looked at. */
  gallery?: Tile[]
  /** Pictures that are missing there, because they are shown in age-restricted channels alone. */
  hidden?: number
  /** Pictures that are missing there, because the bucket lost them or does not answer. */
  unreadable?: number
  files?: { name: string; bytes: Uint8Array }[]
  choices?: Choice[]
  /** What gives the same once more and changes nothing: it is asked for to show another page. */
  again?: Pick<Choice, 'command' | 'options'>
  /** Set where the rows are those of one page of a longer list, counted from 1. */
  page?: { number: number; of: number }
}

/**
 * What a person can do next: another command with its options. With `fill`, a list or a form provides one more option: one
 * `from` some values, a role or channel of the server that they `pick`, or what they type.
 */
export type Choice = {
  key: ChoiceKey
  /** What it is about, shown after its name: a label. */
  about?: string
  command: string
  options: Record<string, string | number | boolean>
  /** `isOurs`: the values are words of the program, which each language says in its own way. */
  fill?: { option: string; from?: string[]; isOurs?: true; pick?: 'role' | 'channel' }
}

type Options = Record<string, Option>
type OptionValues<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never }

/** The commands that the entrance hands to a front end. */
export type CommandRegistry = {
  /** The command that a front end knows by this name, or by one of its former names. */
  find(name: string, frontEnd: FrontEnd): Promise<Command | undefined>
  /** Those that people can type there, in the order of the registry; `hidden`: those that only choices lead to, too. */
  listFor(frontEnd: FrontEnd, which?: { hidden?: boolean }): Promise<Command[]>
}

/** Who calls a command, where, and with which options. The command's own `access` has been checked. */
type Call<O extends Options> = {
  app: App
  commands: CommandRegistry
  server: string
  dataset: number
  by: string
  /** Of whoever asked: for files, which no front end writes. By default English. */
  language?: Exclude<Settings['language'], 'auto'>
  /** Throws UserError access.denied if this person lacks the access. */
  requireAccess(access: Access): void
  /** On a command line: whether a person is there to choose from what a result offers. */
  canChoose?: boolean
  /** Where results are looked at and answered by pressing; undefined on a command line, which prints them. */
  screen?: Screen
  /** The Discord channel where somebody asks. */
  chat?: Chat
  /** When another process began to do the same, and died (ISO 8601): what it had added counts as added now. */
  begunAt?: string
  /** On a command line: a name may be that of a file of this machine. */
  namesAreFiles?: true
  options: OptionValues<O>
}

/** `page`: the one that is asked for of a long list, counted from 1. `pageSize`: its rows; by default the command says. */
export type Screen = {
  page: number
  pageSize?: number
  /** Whether pictures that were added in age-restricted channels may be shown, too. */
  seesAll?: boolean
  /** Whether nothing else shows the pictures that are asked about. */
  hidesAsked?: boolean
  /** Whether the picture that an answer was about can still be had, and may be added. */
  canAdd?(prediction: string): Promise<boolean>
  /** Resolves when so many pictures of a ZIP may be added: they are counted as all others are. Throws UserError busy.*, access.denied */
  waitForPictures?(pictures: number): Promise<void>
  /** What a ZIP may hold; by default what one in a chat may. */
  zipLimits?: ZipLimits
}

export type Chat = {
  channel: string
  /** Whether only adults may look there: what is added there is shown nowhere else. */
  isAgeRestricted?: boolean
  /** Whether the bot sees what others post: pictures in watched channels. */
  seesPosts: boolean
  /** What Discord calls the commands that are there, by name. */
  commandIds(): Promise<Record<string, string>>
}

type CommandDefinition<O extends Options> = {
  name: string
  /** Names that it had before; buttons of old messages carry them, and the command line accepts them with a note. */
  formerNames?: readonly string[]
  summary: string
  access: Access
  /** The only front ends that offer it; by default all do. */
  frontEnds?: readonly FrontEnd[]
  /** Reached through a button, list or form alone: nobody types its name. */
  hidden?: true
  options: O
  /** For help, as in `import ./pictures`. */
  examples: string[]
  /** Creates the dataset if it does not exist; other commands refuse. */
  createsDataset?: true
  /** In a chat, only the person who asked sees the result. */
  isPrivate?: true
  /** Changes nothing, whatever its options are, or with these values of its option `action`: the page may ask for it again and again. */
  onlyReads?: true | readonly string[]
  /**
   * Offered in a direct message, too: about the server that the person used last, or about every one, in which case `server`
   * is NO_SERVER and `dataset` none.
   */
  directMessages?: 'last-server' | 'every-server'
  /** Its button updates the message that it belongs to; on a command line, a key leads to it. */
  updatesInPlace?: true
  run(call: Call<O>): AsyncIterable<CommandEvent>
  /** Runs instead of `run`, before the database is opened, where it returns something for these options. Command line only. */
  runWithoutDatabase?(options: OptionValues<O>, ask: Ask): AsyncIterable<CommandEvent> | undefined
  /** Said after Ctrl-C on a command line: what is kept and how to go on. By default all is kept. */
  ifInterrupted?: string
  /** What it can still report if the database does not open; by default only the error is shown. */
  onDatabaseError?(error: unknown): Iterable<CommandEvent>
}

/** Something that people can ask for, written once for every front end. */
export type Command = Omit<CommandDefinition<Options>, 'run' | 'runWithoutDatabase'> & {
  runWithoutDatabase?(options: Record<string, unknown>, ask: Ask): AsyncIterable<CommandEvent> | undefined
  run(call: Omit<Call<Options>, 'options'> & { options: Record<string, unknown> }): AsyncIterable<CommandEvent>
}

/** Front ends check the given values against `options` (parse-options.ts); `run` trusts them. */
export const defineCommand = <O extends Options>(definition: CommandDefinition<O>): Command =>
  definition as unknown as Command

/** Whether a command changes nothing with these options. */
export const readsOnly = (
  { onlyReads, options: { action } }: Pick<Command, 'onlyReads' | 'options'>,
  options: Record<string, unknown>,
): boolean => onlyReads === true || (onlyReads?.includes(String(options.action ?? action?.fallback)) ?? false)

type ListPage = { limit: number; offset: number; page: Result['page'] & {} }

/**
 * The page that is asked for of a long list, or the last one where there are fewer. `limit`: its rows. `offset`: those that
 * come before it. @param usual rows of a page, where nobody asks for another number
 */
export function pageOf({ page, pageSize }: Screen, rows: number, usual: number): ListPage {
  const limit = pageSize ?? usual
  const of = Math.max(1, Math.ceil(rows / limit))
  const number = Math.min(Math.max(1, page), of)
  return { limit, offset: (number - 1) * limit, page: { number, of } }
}

export const result = <K extends keyof Results>(key: K, values: Results[K], extras: Extras = {}): CommandEvent => ({
  result: { key, values, ...extras } as Result,
})
