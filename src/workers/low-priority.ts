import { constants, setPriority } from 'node:os'
import { platform } from 'node:process'

/**
 * Lets other threads have a core first: people wait for answers, and nobody for the last second of a training. On Linux alone a
 * thread has a priority of its own; elsewhere it would be that of the whole program.
 */
export function lowerThreadPriority(): void {
  if (platform !== 'linux') return
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A sandbox may forbid it; it works without.
  }
}
