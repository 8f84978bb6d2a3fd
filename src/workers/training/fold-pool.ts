import { availableParallelism } from 'node:os'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { FoldResult } from '../../../models/cross-validation/validate-fold.ts'
import { type Crew, makeSlot, openCrew } from '../../../models/kernels/parallel.ts'
import { crewMemory } from '../../../models/kernels/simd.ts'
import { FOLDS, type Survey } from '../../../models/label-issues/survey.ts'
import { workerUrl } from '../worker-url.ts'
import type { Lesson } from './worker.ts'

/** Some folds; or a hand in what the school computes, on its memory. */
export type FoldJob =
  | { lesson: Lesson; survey: Survey; folds: number[] }
  | { memory: WebAssembly.Memory; slot: SharedArrayBuffer }
export type FoldReply = { parts: (FoldResult | null)[] } | { failed: Error }
/** What the school and an assistant hold of each other: the flag is set when the answer is in the port. */
export type FoldChannel = { port: MessagePort; done: Int32Array }

/** Fewer examples are learned before a fold has been handed over. */
const WORTHWHILE = 300

/** Starts threads that help, one for each core that the school leaves. */
export function startFoldWorkers(): { workers: Worker[]; lines: FoldChannel[] } {
  const hired = Array.from({ length: Math.min(availableParallelism() - 1, FOLDS - 1) }, () => {
    const done = new Int32Array(new SharedArrayBuffer(4))
    const { port1, port2 } = new MessageChannel()
    const workerData: FoldChannel = { port: port2, done }
    const worker = new Worker(workerUrl('./fold-worker', import.meta.url), {
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
export function shareFolds(lesson: Lesson, survey: Survey, lines: FoldChannel[]) {
  const most = lesson.y.length < WORTHWHILE ? 0 : lines.length
  // The last fit on everything takes about as long as a fold.
  const own = Math.ceil((FOLDS + 1) / (most + 1)) - 1
  const folds = most === 0 ? [] : Array.from({ length: FOLDS - own }, (_, f) => f)
  const calls = lines
    .map((line, a) => ({ line, part: folds.filter((f) => f % most === a) }))
    .filter(({ part }) => part.length > 0)
  for (const { line, part } of calls) line.port.postMessage({ lesson, survey, folds: part } satisfies FoldJob)
  return {
    folds,
    wait(): (FoldResult | null)[] {
      const found = new Map(calls.flatMap(({ line, part }) => answerOf(line).map((v, i) => [part[i]!, v] as const)))
      return folds.map((f) => found.get(f)!)
    },
  }
}

/** This thread has nothing else to do. */
function answerOf({ port, done }: FoldChannel): (FoldResult | null)[] {
  Atomics.wait(done, 0, 0)
  Atomics.store(done, 0, 0)
  const { message } = receiveMessageOnPort(port) as { message: FoldReply }
  if ('failed' in message) throw message.failed
  return message.parts
}

/** Has the assistants lend their hands, fold after fold, on one memory: what whitened rows take is there once. */
export function openSharedMemoryCrew({ y, labels, features: learned }: Lesson, lines: FoldChannel[]): Crew {
  const { memory, rows } = crewMemory(y.length, learned.columns, labels.length, lines.length + 1)
  const slots = lines.map(({ port }) => {
    const slot = makeSlot()
    port.postMessage({ memory, slot } satisfies FoldJob)
    return slot
  })
  return openCrew(memory, rows, slots)
}
