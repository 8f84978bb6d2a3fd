/** `ok`: it does what it is for. `isStuck`: it will not do so again by itself. The rest says why. */
export type PartHealth = { ok: boolean; isStuck?: boolean; [detail: string]: unknown }

/** Silence of the database after which a process is not healthy: three signs of life that it did not take. */
const SILENT_MS = 15_000

/** @param silentMs since the database took something last */
export const databaseHealth = (silentMs: number): PartHealth => ({
  ok: silentMs < SILENT_MS,
  silentMs: Math.round(silentMs),
})

/** A loop that takes work: whether it has turned within so many milliseconds. @param turnedAt as of `performance.now()` */
export function loopHealth(turnedAt: number, withinMs: number): PartHealth {
  const silentMs = Math.round(performance.now() - turnedAt)
  const ok = silentMs < withinMs
  return { ok, isStuck: !ok, silentMs }
}
