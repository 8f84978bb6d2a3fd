import type { ChartWords } from '../charts/stats.ts'
import type { Progress } from '../commands/define.ts'
import type { Answers, ChoiceWord } from '../commands/results.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** What a chat can be told: all but what only a terminal asks for. */
type Said = Omit<
  Answers,
  'backbones' | 'backboneAdded' | 'backboneChanged' | 'compared' | 'exported' | 'checked' | 'sealed'
>
type Values = Record<string, string | number>

/** Everything that the chat says, in one language. Texts are Discord's markdown; what strangers wrote goes through `shown`. */
export type Words = {
  answers: { [K in keyof Said]: (values: Said[K]) => string }
  choices: Record<ChoiceWord, string>
  /** By name: what its command is called, what it is for, and each of its options. `name` is at most 32 characters. */
  verbs: Record<string, { name: string; summary: string; options: Record<string, string> }>
  /** By code of a UserError. */
  errors: Record<string, string | ((values: Values) => string)>
  whatIsThis: string
  labelThis: string
  picture: string
  welcome: string
  watchHere: string
  noContent: string
  maySpeak: (channel: string) => string
  consent: (by: string, poster: string, label: string) => string
  yes: string
  no: string
  consented: (label: string) => string
  declined: string
  labelFormTitle: string
  labelFormLabel: string
  labelFormPictures: string
  typeFormTitle: string
  progress: (progress: Progress) => string
  fault: string
  charts: ChartWords
  mentionHelp: string
  directHelp: string
}

export const languages = { en, ja }
type Language = keyof typeof languages

/** A Discord locale's words: those of its language where there are any, English where not. */
export const wordsFor = (locale: string | null | undefined): Words =>
  languages[(locale ?? '').split('-')[0] as Language] ?? en
