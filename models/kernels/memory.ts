import { readFileSync } from 'node:fs'

/** What the module exports; pointers are offsets in bytes. */
export type Exports = {
  addMoment(x: number, rows: number, d: number, s: number, panel: number, from: number, to: number): void
  multiply(x: number, n: number, k: number, b: number, m: number, z: number, panel: number, upper: number): void
  cholesky(a: number, d: number): number
  invertTransposed(l: number, d: number, b: number, from: number, to: number): void
  solveUpper(u: number, d: number, v: number, rows: number): void
  packRows(x: number, n: number, d: number, q: number, scales: number): void
  beginSvm(...args: number[]): void
  sweepSvm(...args: number[]): number
}
/** A memory, and the module on it. */
export type Home = { memory: WebAssembly.Memory; exports: Exports }

const MODULE = new URL('./kernels.wasm', import.meta.url)
let module: WebAssembly.Module | null | undefined

/** The module that `npm run prepare` builds; null where it is missing or cannot run. */
export function kernelModule(): WebAssembly.Module | null {
  try {
    module ??= new WebAssembly.Module(readFileSync(MODULE))
  } catch {
    module = null
  }
  return module
}

const PAGE = 65_536

/** For so many bytes, and what aligning takes. Several threads can work on it. */
export function makeMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE) + 1
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
}

/** Bytes from which on memory is made of pages, which go back to the system when nobody holds them: the allocator of small things would keep them. */
const LARGE = 2 ** 22

export const sharedBytes = (bytes: number): ArrayBufferLike =>
  bytes < LARGE ? new SharedArrayBuffer(bytes) : makeMemory(bytes).buffer

/** Zeros that are needed for long: large ones cannot be discarded. */
export const lastingFloats = (length: number): Float32Array =>
  4 * length < LARGE ? new Float32Array(length) : new Float32Array(makeMemory(4 * length).buffer, 0, length)

export function settle(memory: WebAssembly.Memory): Home {
  const { exports } = new WebAssembly.Instance(kernelModule()!, { env: { memory } })
  return { memory, exports: exports as unknown as Exports }
}

/** Where the first thing lies in a memory: the module itself uses none. */
export const FIRST = 1024

type Numbers = Float32Array | Uint32Array | Int16Array

/** Hands out parts of a memory, one after the other. */
export class Area {
  private readonly buffer: ArrayBufferLike
  private free: number

  constructor({ memory }: Home, from = FIRST) {
    this.buffer = memory.buffer
    this.free = (from + 63) & ~63
  }

  take(size: number): number {
    const at = this.free
    this.free = (this.free + size + 63) & ~63
    return at
  }

  zeros(size: number): number {
    const at = this.take(size)
    new Uint8Array(this.buffer, at, size).fill(0)
    return at
  }

  write(at: number, data: Numbers): void {
    if (data instanceof Float32Array) new Float32Array(this.buffer, at, data.length).set(data)
    else if (data instanceof Int16Array) new Int16Array(this.buffer, at, data.length).set(data)
    else new Uint32Array(this.buffer, at, data.length).set(data)
  }

  put(data: Numbers): number {
    const at = this.take(data.byteLength)
    this.write(at, data)
    return at
  }

  read(at: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(new Float32Array(this.buffer, at, length))
  }

  /** What is there, and will be something else soon. */
  shorts(at: number, length: number): Int16Array {
    return new Int16Array(this.buffer, at, length)
  }
}
