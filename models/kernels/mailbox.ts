import { type KernelCall, LOOPS } from './kernel-call.ts'

/** Numbers that a mailbox has room for: the arguments of the longest call (19, an SVM's), and the result as the last. */
const NUMBERS = 24
const RESULT = NUMBERS - 1

/** Four 32-bit integers come first: calls posted, calls answered, which loop (or one of the signals below), and how many arguments. */
const [POSTED, ANSWERED, LOOP, COUNT] = [0, 1, 2, 3]
const STATE_BYTES = 16
/** In place of a loop: the worker ends; the worker failed. */
const [STOP, FAILED] = [-1, -2]

/** Shared memory through which one thread gives another its calls, one at a time. */
export const createMailbox = (): SharedArrayBuffer => new SharedArrayBuffer(STATE_BYTES + 8 * NUMBERS)

type Mailbox = { state: Int32Array; numbers: Float64Array }

export const openMailbox = (buffer: SharedArrayBuffer): Mailbox => ({
  state: new Int32Array(buffer, 0, STATE_BYTES / 4),
  numbers: new Float64Array(buffer, STATE_BYTES),
})

export const postCall = (mailbox: Mailbox, [loop, ...numbers]: KernelCall): void =>
  post(mailbox, LOOPS.indexOf(loop), numbers)

/** Ends the worker's `answerCalls`. */
export const postStop = (mailbox: Mailbox): void => post(mailbox, STOP, [])

function post({ state, numbers }: Mailbox, loop: number, given: number[]): void {
  numbers.set(given)
  state[LOOP] = loop
  state[COUNT] = given.length
  Atomics.add(state, POSTED, 1)
  Atomics.notify(state, POSTED)
}

/** Blocks this thread until the last call is answered. Throws where it failed. */
export function waitForResult({ state, numbers }: Mailbox): number {
  const posted = Atomics.load(state, POSTED)
  for (let done = Atomics.load(state, ANSWERED); done !== posted; done = Atomics.load(state, ANSWERED))
    Atomics.wait(state, ANSWERED, done)
  if (state[LOOP] === FAILED) throw new Error('A thread failed in the middle of a computation')
  return numbers[RESULT]!
}

/** Blocks this thread: runs call after call until it is told to stop. Throws what `run` throws; whoever waits then gets an error, too. */
export function answerCalls({ state, numbers }: Mailbox, run: (call: KernelCall) => number): void {
  for (let call = 1; ; call++) {
    while (Atomics.load(state, POSTED) < call) Atomics.wait(state, POSTED, call - 1)
    if (state[LOOP] === STOP) return
    try {
      numbers[RESULT] = run([LOOPS[state[LOOP]!]!, ...numbers.subarray(0, state[COUNT])])
    } catch (error) {
      state[LOOP] = FAILED
      throw error
    } finally {
      Atomics.store(state, ANSWERED, call)
      Atomics.notify(state, ANSWERED)
    }
  }
}
