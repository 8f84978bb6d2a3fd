/** Measurements that the median is taken of. */
const WINDOW = 500

/** How long the latest pieces of work took. */
export class LatencyMeter {
  private readonly times: number[] = []
  private total = 0

  async measure<T>(work: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const result = await work()
    this.times[this.total++ % WINDOW] = performance.now() - started
    return result
  }

  /** All measured since the start, and the median of the latest in milliseconds; null before the first. */
  summary(): { pictures: number; milliseconds: number | null } {
    const sorted = [...this.times].sort((a, b) => a - b)
    return { pictures: this.total, milliseconds: sorted[sorted.length >> 1] ?? null }
  }
}
