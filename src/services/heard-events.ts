import type { Events, ServiceContext } from '../context.ts'

// Events that are told again by whoever heard of them: another process made the change. They go to the listeners of this
// process, and to no other process.

type Emitter = ServiceContext['events']

/** What is being told again now. */
const telling = new WeakMap<Emitter, Set<string>>()

/** @param tell emits the event, synchronously */
export function tellHeard(events: Emitter, name: keyof Events, tell: () => void): void {
  const names = telling.get(events) ?? new Set()
  telling.set(events, names.add(name))
  try {
    tell()
  } finally {
    names.delete(name)
  }
}

/** Whether what a listener is being told was heard from another process. */
export const isHeard = (events: Emitter, name: keyof Events): boolean => telling.get(events)?.has(name) === true
