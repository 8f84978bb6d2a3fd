import type { RecentFeatures } from '../context.ts'

/** Answers whose features are held, about 3 KB each. */
const MAX_HELD = 2000

/** Features of what this process answered last, in memory alone. */
export class RecentInMemory implements RecentFeatures {
  private readonly held = new Map<string, Float32Array>()

  async set(id: string, features: Float32Array): Promise<void> {
    this.held.set(id, features)
    const [oldest] = this.held.keys()
    if (this.held.size > MAX_HELD && oldest !== undefined) this.held.delete(oldest)
  }

  async get(id: string): Promise<Float32Array | undefined> {
    return this.held.get(id)
  }
}
