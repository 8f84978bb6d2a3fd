import type { App } from '../src/app.ts'

/** What a verb reports while it runs: how far it is, or something to hand over (a line of `--json`). */
export type Event = { progress: Progress } | { answer: Record<string, unknown> }
export type Progress = { done: number; total?: number; of: 'pictures' | 'percent' }

/** What a person gives a verb. In order of declaration they are a command line's arguments; `named` ones its --options. */
type Option<T = unknown> = {
  kind: 'text' | 'paths' | 'choice'
  describe: string
  choices?: readonly string[]
  optional?: boolean
  named?: boolean
  /** What it is where it was left out. */
  fallback?: T
}

type Texts = { optional?: boolean; named?: boolean }
export function text(describe: string): Option<string>
export function text(describe: string, how: Texts & { optional: true }): Option<string | undefined>
export function text(describe: string, how: Texts = {}): Option<string | undefined> {
  return { kind: 'text', describe, ...how }
}

/** One or more files or folders; a door without a file system gives uploads. */
export const paths = (describe: string): Option<string[]> => ({ kind: 'paths', describe })

export function choice<T extends string>(
  describe: string,
  choices: readonly T[],
  how: { fallback: T; named?: boolean },
): Option<T> {
  return { kind: 'choice', describe, choices, optional: true, ...how }
}

type Options = Record<string, Option>
type Given<O extends Options> = { [K in keyof O]: O[K] extends Option<infer T> ? T : never }
type Call<O extends Options> = { app: App; dataset: number; by: string; options: Given<O> }

type Definition<O extends Options> = {
  name: string
  summary: string
  options: O
  /** As in `import ./pictures`, for help. */
  examples: string[]
  /** Makes the dataset where it is new; a verb without this asks for one that exists. */
  makesDataset?: true
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

export const answer = (values: object): Event => ({ answer: { ...values } })
