import type { ChartWords } from '../charts/stats.ts'
import type { ChoiceKey, Results } from '../commands/results.ts'
import type { Progress } from '../progress.ts'
import type { Answer } from './answer.ts'
import type { CommandWords } from './command-words.ts'

/** Results of commands that only the command line has. */
type CliOnly =
  | 'backbones'
  | 'backboneAdded'
  | 'backboneChanged'
  | 'compared'
  | 'exported'
  | 'checked'
  | 'encrypted'
  | 'backupCreated'
  | 'backupRestored'
  | 'personFound'
  | 'personForgotten'
  | 'personExported'
type SharedKey = Exclude<keyof Results, CliOnly>

/** What some results say. */
export type ResultWords<Key extends SharedKey = SharedKey> = { [K in Key]: (values: Results[K]) => Answer | string }

type ErrorValues = Record<string, string | number>

/** Everything that a front end says to people, in one language. Texts are Markdown; names in them go through its markup. */
export type Words = {
  results: ResultWords
  choices: Record<ChoiceKey, string>
  /** By name; English has none, because commands declare their own. */
  commands: Record<string, CommandWords>
  /** By the code of a UserError. */
  errors: Record<string, string | ((values: ErrorValues) => string)>
  charts: ChartWords
} & ChatWords

/** What the bot says by itself, and what its menus and forms are called. */
export type ChatWords = {
  whatIsThis: string
  labelThis: string
  picture: string
  welcome: string
  watchHere: string
  /** The Message Content intent is missing. */
  noContent: string
  cannotAnswerIn: (channel: string) => string
  consent: (by: string, poster: string, label: string) => string
  yes: string
  no: string
  consented: (label: string) => string
  /** They agreed, and yet nothing was added. */
  consentedInVain: (why: string) => string
  /** The teacher who asked may no longer teach. */
  teacherLeft: (by: string) => string
  declined: string
  labelFormTitle: string
  labelFormLabel: string
  labelFormPictures: string
  typeFormTitle: string
  progress: (progress: Progress) => string
  /** More pictures than a person may send at once wait for so many seconds. */
  waiting: (seconds: number) => string
  internalError: string
  mentionHelp: string
  directHelp: string
}
