import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/**
 * Frees what this thread no longer holds. The collector runs after many allocations on the heap; it hardly notices
 * matrices outside of it, so an idle thread would keep the memory of its last job.
 */
export const collectGarbage: () => void = runInNewContext('gc')

/** Milliseconds after which code compiled in the background is ready and holds nothing anymore. */
const COMPILED_MS = 300

/** Collects once the current callback has returned, since its data are garbage only then, and again a little later. */
export function collectGarbageSoon(): void {
  setImmediate(collectGarbage)
  setTimeout(collectGarbage, COMPILED_MS).unref()
}
