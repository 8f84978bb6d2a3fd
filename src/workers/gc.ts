import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/**
 * Gives back what this thread does not hold any more. The collector comes when much was allocated, and sees little of matrices and nothing of
 * what other threads wait for: a thread that rests would keep the memory of its last work.
 */
export const collectGarbage: () => void = runInNewContext('gc')

/** In milliseconds: what is compiled in the background is ready, and holds nothing any more. */
const LATER = 300

/** When what runs has returned, whose work is garbage only then; and again a little later. */
export function collectGarbageSoon(): void {
  setImmediate(collectGarbage)
  setTimeout(collectGarbage, LATER).unref()
}
