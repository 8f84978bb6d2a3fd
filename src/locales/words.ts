import type { ChartWords } from '../charts/stats.ts'
import type { ChoiceKey, Results } from '../commands/results.ts'
import type { Progress } from '../progress.ts'
import type { CommandWords } from './command-words.ts'

/** What a chat can be told: all but what only a terminal asks for. */
type Said = Omit<
  Results,
  'backbones' | 'backboneAdded' | 'backboneChanged' | 'compared' | 'exported' | 'checked' | 'encrypted'
>
type Values = Record<string, string | number>

/** Everything that the chat says, in one language. Texts are Discord's markdown; what strangers wrote goes through `shown`. */
export type Words = {
  results: { [K in keyof Said]: (values: Said[K]) => string }
  choices: Record<ChoiceKey, string>
  /** By name; English has none, because commands declare theirs. */
  commands: Record<string, CommandWords>
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
