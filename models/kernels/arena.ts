/** Bytes at the start of a memory that stay unused: compiled modules may keep data of their own there. */
export const ARENA_START = 1024

/** Bytes that each allocation is aligned to: a cache line. */
const ALIGNMENT = 64

const align = (at: number): number => (at + ALIGNMENT - 1) & ~(ALIGNMENT - 1)

/** Hands out parts of a WebAssembly memory, one after the other, as byte offsets. Nothing is freed singly. */
export class Arena {
  private readonly buffer: ArrayBufferLike
  private free: number

  /** @param from byte offset from which on the memory is free */
  constructor(memory: WebAssembly.Memory, from = ARENA_START) {
    this.buffer = memory.buffer
    this.free = align(from)
  }

  /** Bytes with whatever was there before. */
  allocate(bytes: number): number {
    const at = this.free
    this.free = align(this.free + bytes)
    return at
  }

  allocateZeros(bytes: number): number {
    const at = this.allocate(bytes)
    new Uint8Array(this.buffer, at, bytes).fill(0)
    return at
  }

  /** A copy of the numbers. */
  put(numbers: Float32Array | Uint32Array | Int16Array): number {
    const at = this.allocate(numbers.byteLength)
    this.write(at, numbers)
    return at
  }

  /** Copies numbers to an offset that was allocated for them. */
  write(at: number, numbers: Float32Array | Uint32Array | Int16Array): void {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
    new Uint8Array(this.buffer, at, numbers.byteLength).set(bytes)
  }

  /** A copy of floats. */
  readFloats(at: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(new Float32Array(this.buffer, at, length))
  }

  /** A view of integers, valid until something else is written there. */
  viewShorts(at: number, length: number): Int16Array {
    return new Int16Array(this.buffer, at, length)
  }
}
