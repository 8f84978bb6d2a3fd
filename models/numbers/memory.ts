/** Bytes of a page of WebAssembly memory. */
const PAGE_BYTES = 65_536

/**
 * Bytes from which on a buffer is made of pages, which go back to the system when nobody holds them. The allocator for smaller buffers
 * keeps what it once had.
 */
const PAGED_FROM_BYTES = 2 ** 22

/** Shared WebAssembly memory of at least `bytes`, with a page to spare for alignment. It never grows. */
export function createSharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES) + 1
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
}

/** A zeroed buffer of at least `bytes` that every thread can see. */
export const allocateShared = (bytes: number): ArrayBufferLike =>
  bytes < PAGED_FROM_BYTES ? new SharedArrayBuffer(bytes) : createSharedMemory(bytes).buffer

/** Zeros that live for a whole training. `freeArrays` does not free large ones: they end with their last reference. */
export const allocateLongLived = (length: number): Float32Array =>
  4 * length < PAGED_FROM_BYTES
    ? new Float32Array(length)
    : new Float32Array(createSharedMemory(4 * length).buffer, 0, length)

/**
 * Frees arrays that are never read again, by detaching their buffers. The garbage collector would wait until 64 MiB of them have gathered, in
 * every thread. Shared buffers, views of a part of a buffer, and arrays that are already freed are left alone.
 */
export function freeArrays(...arrays: Float32Array[]): void {
  for (const data of arrays) {
    const { buffer } = data
    if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === data.byteLength) buffer.transfer(0)
  }
}
