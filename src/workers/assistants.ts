import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Validated } from '../../models/cross-validation.ts'
import { FOLDS } from '../../models/train.ts'
import type { Lesson } from './school.ts'

export type Duty = { lesson: Lesson; folds: number[]; done: Int32Array }

/** Fewer examples are learned before a thread has started. */
const WORTHWHILE = 300

/**
 * Gives folds of the cross-validation to threads of their own, which see the same memory. The caller works on the others and then
 * waits; the answers are the same however many threads there are.
 */
export function callAssistants(lesson: Lesson, most: number) {
  const assistants = lesson.y.length < WORTHWHILE ? 0 : Math.min(most, FOLDS)
  // They start later, and the last fit on everything takes about as long.
  const own = Math.ceil(FOLDS / (assistants + 1))
  const folds = assistants === 0 ? [] : Array.from({ length: FOLDS - own }, (_, f) => f)
  const parts = Array.from({ length: assistants }, (_, a) => folds.filter((f) => f % assistants === a))
  const calls = parts.filter((p) => p.length > 0).map((part) => call(lesson, part))
  return {
    folds,
    wait(): (Validated | null)[] {
      const found = new Map(calls.flatMap(({ part, wait }) => wait().map((v, i) => [part[i]!, v] as const)))
      return folds.map((f) => found.get(f)!)
    },
  }
}

function call(lesson: Lesson, part: number[]) {
  const done = new Int32Array(new SharedArrayBuffer(4))
  const { port1, port2 } = new MessageChannel()
  const duty: Duty = { lesson, folds: part, done }
  const worker = new Worker(new URL('./assistant.ts', import.meta.url), {
    workerData: { duty, port: port2 },
    transferList: [port2],
  })
  worker.unref()
  return {
    part,
    /** This thread has nothing else to do. */
    wait(): (Validated | null)[] {
      Atomics.wait(done, 0, 0)
      const { message } = receiveMessageOnPort(port1) as { message: { parts?: (Validated | null)[]; failed?: Error } }
      port1.close()
      if (message.failed) throw message.failed
      return message.parts!
    },
  }
}
