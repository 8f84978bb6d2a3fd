import { createSharedMemory } from '../numbers/memory.ts'
import { bytesOfRows, type Rows, viewRows } from '../numbers/rows.ts'
import { ARENA_START, Arena } from './arena.ts'
import { type KernelCall, runCall } from './kernel-call.ts'
import type { KernelMemory, KernelThreads } from './parallel.ts'
import { type Range, splitRange } from './split-range.ts'
import type { RowsShape } from './types.ts'
import { instantiateKernels, type KernelInstance } from './wasm-module.ts'

/** Bytes of scratch memory that is kept from call to call: its pages would cost more than the work. */
const KEPT_BYTES = 24 * 2 ** 20
/** Bytes that aligning may take of the memory of rows. */
const ALIGNMENT_BYTES = 4096
/** Fewer items are not worth sharing among threads. */
const SHARED_FROM = 32

/** A part of a memory that a kernel computes in, and the threads that see it. */
export class Scratch {
  readonly arena: Arena
  readonly instance: KernelInstance
  private readonly threads: KernelThreads | undefined

  /** @param threads where they work on the memory of the instance @param from byte offset from which on it is free */
  constructor(instance: KernelInstance, threads?: KernelThreads, from?: number) {
    this.arena = new Arena(instance.memory, from)
    this.instance = instance
    this.threads = threads
  }

  /** Runs calls that write to different places, at once where there are threads. @returns what each gave */
  runAll(calls: KernelCall[]): number[] {
    return this.threads ? this.threads.runAll(calls) : calls.map((call) => runCall(this.instance, call))
  }

  /** Splits 0 to total for the threads, as `splitRange`. */
  split(total: number, step: number, shape: 'even' | 'triangle' = 'even'): Range[] {
    const parts = total < SHARED_FROM ? 1 : (this.threads?.count ?? 1)
    return splitRange(total, { parts, step, shape })
  }
}

/** Finds memory for the SIMD kernels: that of the threads, one that is kept, or a new one. */
export class ScratchMemory {
  private readonly threads: KernelThreads | undefined
  /** Instances on the memory of rows that `allocateRows` made. */
  private readonly instances = new WeakMap<ArrayBufferLike, KernelInstance>()
  private kept: KernelInstance | undefined

  constructor(threads: KernelThreads | undefined) {
    this.threads = threads
  }

  get threadCount(): number {
    return this.threads?.count ?? 1
  }

  /** A memory never shrinks, so a large one is made for a single call. */
  take(bytes: number): Scratch {
    if (bytes > KEPT_BYTES) return new Scratch(instantiateKernels(createSharedMemory(bytes + ARENA_START)))
    if (this.threads) return new Scratch(this.threads.instance, this.threads, ARENA_START + this.threads.rowsBytes)
    this.kept ??= instantiateKernels(createSharedMemory(KEPT_BYTES + ARENA_START))
    return new Scratch(this.kept)
  }

  /** What is free behind rows of `allocateRows`; undefined for rows that lie elsewhere. */
  behind({ data, scales }: Rows): Scratch | undefined {
    const instance = this.instances.get(data.buffer)
    if (!instance) return undefined
    const threads = this.threads?.instance === instance ? this.threads : undefined
    return new Scratch(instance, threads, scales.byteOffset + scales.byteLength)
  }

  /** As `Kernels.allocateRows`. */
  allocateRows(shape: RowsShape, previous?: Rows): Rows {
    const bytes = ARENA_START + rowsBytes(shape) + svmBytes(shape, this.threadCount)
    const instance = this.instanceFor(bytes, previous && this.instances.get(previous.data.buffer))
    this.instances.set(instance.memory.buffer, instance)
    return viewRows(instance.memory.buffer, { from: ARENA_START, ...shape })
  }

  private instanceFor(bytes: number, previous: KernelInstance | undefined): KernelInstance {
    const fits = ({ memory }: KernelInstance): boolean => bytes + ALIGNMENT_BYTES <= memory.buffer.byteLength
    if (this.threads && fits(this.threads.instance)) return this.threads.instance
    return previous && fits(previous) ? previous : instantiateKernels(createSharedMemory(bytes))
  }
}

/** Memory for `threads` threads: whitened rows, and what else is worked on. */
export function createKernelMemory(shape: RowsShape, threads: number): KernelMemory {
  const rows = rowsBytes(shape)
  const rest = Math.max(KEPT_BYTES, svmBytes(shape, threads))
  return { memory: createSharedMemory(ARENA_START + rows + rest), rowsBytes: rows }
}

/** Bytes of rows, and of aligning what follows them. */
export const rowsBytes = ({ rows, columns }: RowsShape): number => bytesOfRows(rows, columns) + 64

/** Bytes that training an SVM takes beside the rows; 16 allocations a thread are aligned to 64 bytes. */
export function svmBytes({ rows: n, columns: d, classes }: RowsShape, threads: number): number {
  const ofRows = n * (1 + 3 * threads + classes)
  const ofClasses = classes * (d + 6)
  const ofThreads = (d + 4) * threads
  return 4 * (ofRows + ofClasses + ofThreads) + n * classes + threads * 16 * 64
}
