import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/**
 * Gives back what this thread does not hold any more. The collector comes when much was allocated, and sees little of matrices and nothing of
 * what other threads wait for: a thread that rests would keep the memory of its last work.
 */
export const collect: () => void = runInNewContext('gc')
