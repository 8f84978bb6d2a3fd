import { setTimeout as sleep } from 'node:timers/promises'

/** Between looks, and until it is given up: long enough for a slow machine, since no test measures it. */
const [LOOK_MS, PATIENCE_MS] = [20, 120_000]

/** Waits until something is so. @param why said where it never is; `patienceMs`: where it takes longer than others */
export async function until(
  is: () => boolean | Promise<boolean>,
  why: () => string = () => 'it never came true',
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const end = performance.now() + patienceMs; !(await is()); await sleep(LOOK_MS))
    if (performance.now() > end) throw new Error(why())
}
