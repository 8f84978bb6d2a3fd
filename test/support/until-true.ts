import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** Long enough for a slow machine; no test measures it. */
const [LOOK_MS, LOOKS] = [50, 1_800]

/** Waits for what other processes do. */
export async function untilTrue(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < LOOKS; i++) {
    if (await isTrue()) return
    await sleep(LOOK_MS)
  }
  assert.fail('it never came true')
}
