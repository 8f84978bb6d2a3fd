import type { App } from '../src/app.ts'

/** What a verb reports while it runs: how far it is, or something to hand over (a line of `--json`). */
export type Event = { progress: number } | { answer: Record<string, unknown> }

/** A verb: written once, for every door. `arguments` in commander's notation: <one>, [maybe], <many...>. */
export type Command = {
  name: string
  summary: string
  arguments: string[]
  examples: string[]
  run(call: { app: App; values: string[]; by: string }): AsyncIterable<Event>
}

export const progress = (done: number): Event => ({ progress: done })
export const answer = (values: object): Event => ({ answer: { ...values } })
