const FREE = 0
const TAKEN = 1
let lock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

/** Shares one lock among threads: each that decodes gets the same 4 bytes of memory before it starts. */
export function shareDecodeLock(memory: SharedArrayBuffer): void {
  lock = new Int32Array(memory)
}

/** Runs work while no other thread runs such work: what takes much memory is done one at a time. */
export async function withDecodeLock<T>(work: () => Promise<T>): Promise<T> {
  while (Atomics.compareExchange(lock, 0, FREE, TAKEN) !== FREE) await Atomics.waitAsync(lock, 0, TAKEN).value
  try {
    return await work()
  } finally {
    Atomics.store(lock, 0, FREE)
    Atomics.notify(lock, 0, 1)
  }
}
