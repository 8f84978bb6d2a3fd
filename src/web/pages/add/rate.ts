/** `perSecond`: of late. `secondsLeft`: if it goes on like that. */
export type Pace = { perSecond: number; secondsLeft: number }

/** Over how many milliseconds it is measured, and before which nothing is said. */
const [WINDOW_MS, FIRST_MS] = [10_000, 1_500]

/** How fast files go, from the moments at which the last ones were done. @param total files that wait */
export function openRate(total: number) {
  const started = performance.now()
  const moments: number[] = []
  let done = 0
  return {
    note(): void {
      done++
      moments.push(performance.now())
    },
    read(): Pace | undefined {
      const now = performance.now()
      const from = Math.max(started, now - WINDOW_MS)
      while (moments[0] !== undefined && moments[0] < from) moments.shift()
      if (now - started < FIRST_MS || moments.length === 0) return undefined
      const perSecond = (moments.length * 1_000) / (now - from)
      return { perSecond, secondsLeft: (total - done) / perSecond }
    },
  }
}
