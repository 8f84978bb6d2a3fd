import { availableParallelism } from 'node:os'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Validated } from '../../../models/cross-validation/validate-fold.ts'
import { type Crew, makeSlot, openCrew } from '../../../models/kernels/parallel.ts'
import { crewMemory } from '../../../models/kernels/simd.ts'
import { FOLDS, type Survey } from '../../../models/label-issues/survey.ts'
import type { Lesson } from './worker.ts'

/** Some folds; or a hand in what the school computes, on its memory. */
export type Duty =
  | { lesson: Lesson; survey: Survey; folds: number[] }
  | { memory: WebAssembly.Memory; slot: SharedArrayBuffer }
export type Answer = { parts: (Validated | null)[] } | { failed: Error }
/** What the school and an assistant hold of each other: the flag is set when the answer is in the port. */
export type Line = { port: MessagePort; done: Int32Array }

/** Fewer examples are learned before a fold has been handed over. */
const WORTHWHILE = 300

/** Starts threads that help, one for each core that the school leaves. */
export function hireAssistants(): { workers: Worker[]; lines: Line[] } {
  const hired = Array.from({ length: Math.min(availableParallelism() - 1, FOLDS - 1) }, () => {
    const done = new Int32Array(new SharedArrayBuffer(4))
    const { port1, port2 } = new MessageChannel()
    const workerData: Line = { port: port2, done }
    const worker = new Worker(new URL('./fold-worker.ts', import.meta.url), {
      workerData,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: 3 },
    })
    return { worker, line: { port: port1, done } }
  })
  return { workers: hired.map((h) => h.worker), lines: hired.map((h) => h.line) }
}

/**
 * Gives folds of the cross-validation to the assistants, which see the same features, and have rows of their own. The caller works on the
 * others and then waits; the answers are the same however many there are.
 */
export function callAssistants(lesson: Lesson, survey: Survey, lines: Line[]) {
  const most = lesson.y.length < WORTHWHILE ? 0 : lines.length
  // The last fit on everything takes about as long as a fold.
  const own = Math.ceil((FOLDS + 1) / (most + 1)) - 1
  const folds = most === 0 ? [] : Array.from({ length: FOLDS - own }, (_, f) => f)
  const calls = lines
    .map((line, a) => ({ line, part: folds.filter((f) => f % most === a) }))
    .filter(({ part }) => part.length > 0)
  for (const { line, part } of calls) line.port.postMessage({ lesson, survey, folds: part } satisfies Duty)
  return {
    folds,
    wait(): (Validated | null)[] {
      const found = new Map(calls.flatMap(({ line, part }) => answerOf(line).map((v, i) => [part[i]!, v] as const)))
      return folds.map((f) => found.get(f)!)
    },
  }
}

/** This thread has nothing else to do. */
function answerOf({ port, done }: Line): (Validated | null)[] {
  Atomics.wait(done, 0, 0)
  Atomics.store(done, 0, 0)
  const { message } = receiveMessageOnPort(port) as { message: Answer }
  if ('failed' in message) throw message.failed
  return message.parts
}

/** Has the assistants lend their hands, fold after fold, on one memory: what whitened rows take is there once. */
export function gatherCrew({ y, labels, learned }: Lesson, lines: Line[]): Crew {
  const { memory, rows } = crewMemory(y.length, learned.columns, labels.length, lines.length + 1)
  const slots = lines.map(({ port }) => {
    const slot = makeSlot()
    port.postMessage({ memory, slot } satisfies Duty)
    return slot
  })
  return openCrew(memory, rows, slots)
}
