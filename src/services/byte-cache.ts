/** Some megabytes of what is quickly made again, by dataset; what was not read for the longest time goes first. */
export class ByteCache {
  private readonly maxBytes: number
  /** The least recently read first. */
  private readonly kept = new Map<string, { dataset: number; bytes: Buffer }>()
  private size = 0

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  read(dataset: number, key: string): Buffer | undefined {
    const found = this.kept.get(key)
    if (found?.dataset !== dataset) return undefined
    this.kept.delete(key)
    this.kept.set(key, found)
    return found.bytes
  }

  write(dataset: number, key: string, bytes: Buffer): void {
    this.remove(key)
    this.kept.set(key, { dataset, bytes })
    this.size += bytes.length
    for (const oldest of this.kept.keys()) {
      if (this.size <= this.maxBytes) return
      this.remove(oldest)
    }
  }

  /** Forgets everything of a dataset. */
  drop(dataset: number): void {
    for (const [key, kept] of this.kept) if (kept.dataset === dataset) this.remove(key)
  }

  private remove(key: string): void {
    this.size -= this.kept.get(key)?.bytes.length ?? 0
    this.kept.delete(key)
  }
}
