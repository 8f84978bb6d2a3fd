import type { ChartWords } from '../charts/stats-data.ts'
import type { ChoiceKey, Results } from '../commands/results.ts'
import type { ToldNews } from '../db/news.ts'
import type { Progress } from '../progress.ts'
import type { Answer } from './answer.ts'
import type { CommandWords } from './command-words.ts'
import type { ErrorWords } from './error-words.ts'
import type { TerminalWords } from './terminal-words.ts'

/** What results say. */
export type ResultWords<Key extends keyof Results = keyof Results> = {
  [K in Key]: (values: Results[K]) => Answer
}

/** Those of one topic: `satisfies SomeResults`. That none is missing shows where a language puts its topics together. */
export type SomeResults = Partial<ResultWords>

/** Everything that a front end says to people, in one language. Texts are Markdown; names in them go through its markup. */
export type Words = {
  results: ResultWords
  choices: Record<ChoiceKey, string>
  /** By name; English has none, because commands declare their own. */
  commands: Record<string, CommandWords>
  /** What the values of an option are called, by the option. */
  values: Record<string, Record<string, string>>
  /** By the code of a UserError. */
  errors: ErrorWords
  charts: ChartWords
  terminal: TerminalWords
} & ChatWords &
  NewsWords &
  AnsweringWords

/** What managers are told that they did not ask for. */
export type NewsWords = { newsTitle: string; news: (piece: ToldNews) => string }

/** What is said about answers to posts, and while somebody waits. */
export type AnsweringWords = {
  /** More pictures than a person may send at once wait for so many seconds. `adds`: they are added to a label. */
  waiting: (turn: { seconds: number; pictures: number; adds: boolean }) => string
  /** Why what somebody shows cannot be looked at. */
  notPictures: Record<'sticker' | 'poll' | 'voice' | 'video' | 'sound' | 'file' | 'link' | 'role', string>
  onlyAsker: string
  /** Pictures that are shown in age-restricted channels alone. */
  hidden: (pictures: number) => string
  /** Pictures that a bucket lost, or does not give at the moment. */
  unreadable: (pictures: number) => string
}

export type Learned = { accuracy: number | null; isActive: boolean }

/** What the bot says by itself, and what its menus and forms are called. */
export type ChatWords = {
  whatIsThis: string
  labelThis: string
  picture: string
  /** The Message Content intent is missing. */
  noContent: string
  cannotAnswerIn: (channel: string) => string
  consent: (by: string, poster: string, label: string) => string
  /** A button that shows the rest of an answer. */
  details: string
  /** A button that leads to the web page. */
  openPage: string
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
  /** Of a form that asks for the name of a dataset. */
  datasetFormLabel: string
  progress: (progress: Progress) => string
  internalError: string
  mentionHelp: string
  directHelp: string
}
