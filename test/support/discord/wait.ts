import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something is so. Fails with `why` after `within` milliseconds. */
export async function until(is: () => boolean, within: number, why: () => string): Promise<void> {
  for (const end = performance.now() + within; !is(); ) {
    if (performance.now() > end) throw new Error(why())
    await sleep(10)
  }
}
