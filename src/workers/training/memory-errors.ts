import { UserError } from '../../errors.ts'

const MIB = 2 ** 20

/** Whether a thread ended because it could not allocate: on its heap, or outside of it. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') ||
    (error instanceof RangeError && /allocat|memory/i.test(error.message)))

/** @param needed bytes; left out: not known @param available bytes */
export function insufficientMemory(needed?: number, available = process.availableMemory()): UserError {
  const expected = needed === undefined ? 'more' : `${Math.ceil(needed / MIB)} MiB`
  const left = Math.floor(available / MIB)
  return new UserError(
    'train.memory',
    `Expected ${expected} of free memory to train on so many pictures, found ${left} MiB: stop other programs, or use a larger machine`,
    { left },
  )
}
