import { UserError } from '../errors.ts'

/** How much one person, or one browser, may have going on at once. */
export class ConcurrencyLimit {
  private readonly running = new Map<string, number>()
  private readonly max: number

  constructor(max: number) {
    this.max = max
  }

  /** @returns what ends it, to be called once. Throws UserError busy.full */
  enter(key: string): () => void {
    const before = this.running.get(key) ?? 0
    if (before >= this.max)
      throw new UserError('busy.full', `Expected at most ${this.max} at once, received more: try again soon`)
    this.running.set(key, before + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const left = (this.running.get(key) ?? 1) - 1
      if (left > 0) this.running.set(key, left)
      else this.running.delete(key)
    }
  }

  /** Those of which something is going on. */
  get size(): number {
    return this.running.size
  }
}
