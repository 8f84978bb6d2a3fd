import { type Exports, type Home, settle } from './memory.ts'

/** A loop of the module and what it takes: offsets and sizes. Those that are called together write to different places. */
export type Call = readonly [loop: Loop, ...numbers: number[]]

/** Several threads on one memory. */
export type Crew = {
  home: Home
  /** Bytes of the memory that are for whitened rows; the rest is for everything else. */
  rows: number
  /** Threads, this one among them. */
  hands: number
  /** Runs at most one call a hand, all at once. @returns what each gave */
  all(calls: Call[]): number[]
  /** Lets the other threads go. */
  close(): void
}

const LOOPS = ['addMoment', 'multiply', 'invertTransposed', 'solveUpper', 'packRows', 'trainSvm'] as const
type Loop = (typeof LOOPS)[number]

/** @returns the sweeps of `trainSvm`; 0 of the others */
export function run({ exports }: Home, [loop, ...numbers]: Call): number {
  if (loop === 'trainSvm') return trainSvm(exports, ...(numbers as SvmNumbers))
  const go: (...numbers: never[]) => void = exports[loop]
  go(...(numbers as never[]))
  return 0
}

/** A sweep at a time: the engine makes a function fast between two calls. @returns the sweeps made */
function trainSvm(
  module: Exports,
  ...[rows, scales, row, n, d, classes, norm, active, order, range, seed, tolerance, most, ...places]: SvmNumbers
): number {
  const [labels, cost, alpha, weights, bias, list] = places
  module.beginSvm(rows, scales, row, n, d, classes, norm, active, order, range, seed)
  const all = [
    rows,
    scales,
    row,
    n,
    d,
    classes,
    labels,
    cost,
    norm,
    alpha,
    weights,
    bias,
    active,
    order,
    list,
    range,
    tolerance,
  ]
  for (let sweeps = 1; ; sweeps++) if (module.sweepSvm(...all) === 0 || sweeps >= most) return sweeps
}
type Five = [number, number, number, number, number]
type SvmNumbers = [...Five, ...Five, ...Five, number, number, number, number]

/** What a slot, the memory that two threads speak through, holds: first integers, then the numbers of a call and its result. */
const [TURN, DONE, LOOP, COUNT] = [0, 1, 2, 3]
const [LEAVE, FAILED] = [-1, -2]
const NUMBERS = 24
const RESULT = NUMBERS - 1
const SLOT = 16 + 8 * NUMBERS

export const makeSlot = (): SharedArrayBuffer => new SharedArrayBuffer(SLOT)
const open = (slot: SharedArrayBuffer) => ({ state: new Int32Array(slot, 0, 4), numbers: new Float64Array(slot, 16) })

/** @param slots of the other threads, each of which lends a hand (`lendHand`); this thread has nothing else to do while they work */
export function openCrew(memory: WebAssembly.Memory, rows: number, slots: SharedArrayBuffer[]): Crew {
  const home = settle(memory)
  const others = slots.map(open)
  const order = (slot: (typeof others)[number], loop: number, given: readonly number[]): void => {
    slot.numbers.set(given)
    slot.state[LOOP] = loop
    slot.state[COUNT] = given.length
    Atomics.add(slot.state, TURN, 1)
    Atomics.notify(slot.state, TURN)
  }
  const answer = ({ state, numbers }: (typeof others)[number]): number => {
    const turn = Atomics.load(state, TURN)
    for (let done = Atomics.load(state, DONE); done !== turn; done = Atomics.load(state, DONE))
      Atomics.wait(state, DONE, done)
    if (state[LOOP] === FAILED) throw new Error('A thread failed in the middle of a computation')
    return numbers[RESULT]!
  }
  return {
    home,
    rows,
    hands: others.length + 1,
    all([own, ...rest]) {
      rest.forEach(([loop, ...given], i) => {
        order(others[i]!, LOOPS.indexOf(loop), given)
      })
      return [run(home, own!), ...rest.map((_, i) => answer(others[i]!))]
    },
    close: () => {
      for (const slot of others) order(slot, LEAVE, [])
    },
  }
}

/** Works on what the opener of the crew asks for, until it is let go. Nothing else happens in this thread meanwhile. */
export function lendHand(memory: WebAssembly.Memory, slot: SharedArrayBuffer): void {
  const home = settle(memory)
  const { state, numbers } = open(slot)
  for (let turn = 1; ; turn++) {
    while (Atomics.load(state, TURN) < turn) Atomics.wait(state, TURN, turn - 1)
    if (state[LOOP] === LEAVE) return
    try {
      const call = [LOOPS[state[LOOP]!]!, ...numbers.subarray(0, state[COUNT])] as const
      numbers[RESULT] = run(home, call)
    } catch (error) {
      state[LOOP] = FAILED
      throw error
    } finally {
      Atomics.store(state, DONE, turn)
      Atomics.notify(state, DONE)
    }
  }
}
