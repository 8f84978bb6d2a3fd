const FREE = 0
const TAKEN = 1
let turn = new Int32Array(new SharedArrayBuffer(4))

/** Shares one turn among threads; each that decodes is given the same memory before it starts. */
export function shareDecodeLock(memory: SharedArrayBuffer): void {
  turn = new Int32Array(memory)
}

/** Does something while no other thread does such a thing: what takes much memory is done one at a time. */
export async function withDecodeLock<T>(work: () => Promise<T>): Promise<T> {
  while (Atomics.compareExchange(turn, 0, FREE, TAKEN) !== FREE) await Atomics.waitAsync(turn, 0, TAKEN).value
  try {
    return await work()
  } finally {
    Atomics.store(turn, 0, FREE)
    Atomics.notify(turn, 0, 1)
  }
}
