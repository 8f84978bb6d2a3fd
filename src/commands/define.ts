import type { App } from '../app.ts'
import type { Tile } from '../charts/gallery.ts'
import type { Source } from '../images/source.ts'
import type { Access } from '../services/settings.ts'
import type { Answers, ChoiceWord } from './results.ts'

/** What a verb reports while it runs: how far it is, or something to hand over (its values are a line of `--json`). */
export type Event = { progress: Progress } | { answer: Answer }
export type Progress = { done: number; total?: number; of: 'pictures' | 'percent' | 'mebibytes' }

/** Data alone: each door says it in its own way. */
export type Answer = { [K in keyof Answers]: { key: K; values: Answers[K] } }[keyof Answers] & Extras

type Extras = {
  /** JPEG copies of filed pictures, to be shown small. */
  strip?: Uint8Array[]
  /** The same with words below each, to be looked at. */
  gallery?: Tile[]
  files?: { name: string; bytes: Uint8Array }[]
  choices?: Choice[]
}

/** Something to do next: another verb with its options. A list or a form fills in one more of them. */
export type Choice = {
  word: ChoiceWord
  /** What it is about, said after the word: a label. */
  about?: string
  verb: string
  options: Record<string, string | number | boolean>
  fill?: { option: string; from?: string[] }
}

/** What a person gives a verb. In order of declaration they are a command line's arguments; `named` ones its --options. */
export type Option<T = unknown> = {
  kind: 'text' | 'examples' | 'pictures' | 'choice' | 'number' | 'flag' | 'channel' | 'role' | 'person'
  describe: string
  choices?: readonly string[]
  optional?: boolean
  named?: boolean
  /** The only door that takes it. */
  at?: 'chat'
  min?: number
  max?: number
  /** What a door may offer while it is typed. */
  suggest?: 'labels' | 'datasets' | 'versions'
  /** What it is where it was left out. */
  fallback?: T
}

type How = { named?: boolean; at?: 'chat'; suggest?: Option['suggest']; min?: number; max?: number }
type Maker<T> = {
  (describe: string, how?: How): Option<T>
  (describe: string, how: How & { optional: true }): Option<T | undefined>
}
const maker =
  <T>(kind: Option['kind']): Maker<T> =>
  (describe: string, how: How = {}) =>
    ({ kind, describe, ...how }) as Option<T>

export const text = maker<string>('text')
export const number = maker<number>('number')
export const flag = maker<boolean>('flag')
/** A chat channel's, role's or person's id. */
export const channel = maker<string>('channel')
export const role = maker<string>('role')
export const person = maker<string>('person')
/** Filed pictures by number, range or file name, one or more. */
export const examples = maker<string[]>('examples')
/** One or more: a terminal takes files and folders, a chat uploads. */
export const pictures = maker<AsyncIterable<Source>>('pictures')

export function choice<T extends string>(
  describe: string,
  choices: readonly T[],
  how: { fallback: T; named?: boolean },
): Option<T>
export function choice<T extends string>(
  describe: string,
  choices: readonly T[],
  how: { optional: true; named?: boolean },
): Option<T | undefined>
export function choice<T extends string>(describe: string, choices: readonly T[], how: object): Option<T> {
  return { kind: 'choice', describe, choices, optional: true, ...how }
}

type Options = Record<string, Option>
type Given<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never }

/** Who calls, where, and what for. `demand` was asked for the verb's own access already. */
type Call<O extends Options> = {
  app: App
  server: string
  dataset: number
  by: string
  /** Throws UserError access.denied where this person may not. */
  demand(access: Access): void
  /** Where it was asked for; a terminal has none, and there nobody can press buttons. */
  chat?: Chat
  options: Given<O>
}

export type Chat = { channel: string }

type Definition<O extends Options> = {
  name: string
  summary: string
  /** Who may use it. */
  access: Access
  /** The only door that it makes sense at. `button`: a chat's, reached by choices alone. */
  only?: 'terminal' | 'chat' | 'button'
  options: O
  /** As in `import ./pictures`, for help. */
  examples: string[]
  /** Makes the dataset where it is new; a verb without this asks for one that exists. */
  makesDataset?: true
  /** In a chat only the one who asked sees the answer. */
  quiet?: true
  /** A button changes the answer that it is below; in a terminal a key leads to it. */
  inPlace?: true
  run(call: Call<O>): AsyncIterable<Event>
  /** What it can still say where the data do not open; a verb without this says only why. */
  whenBroken?(error: unknown): Iterable<Event>
}

/** A verb: written once, for every door. */
export type Command = Omit<Definition<Options>, 'run'> & {
  run(call: Omit<Call<Options>, 'options'> & { options: Record<string, unknown> }): AsyncIterable<Event>
}

/** Doors check what is given against `options`; inside `run` it is trusted. */
export const command = <O extends Options>(definition: Definition<O>): Command => definition as unknown as Command

/** A list to choose from holds no more. */
export const MOST_CHOICES = 25

export const progress = (done: number, total?: number, of: Progress['of'] = 'pictures'): Event => ({
  progress: { done, ...(total !== undefined && { total }), of },
})

/** Hands on how far a piece of work is, and returns what it came to. */
export async function* relay<T>(work: AsyncGenerator<Progress, T>): AsyncGenerator<Event, T> {
  for (;;) {
    const next = await work.next()
    if (next.done) return next.value
    yield { progress: next.value }
  }
}

export const answer = <K extends keyof Answers>(key: K, values: Answers[K], extras: Extras = {}): Event => ({
  answer: { key, values, ...extras } as Answer,
})
