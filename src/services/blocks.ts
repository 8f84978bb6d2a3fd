import type { ServiceContext } from '../context.ts'
import { haveBlocksChanged, listBlocks } from '../db/blocks.ts'
import { readChangeMark } from '../db/example-changes.ts'
import type { BlockKind } from '../db/schema-servers.ts'

/** Between looks at what a terminal changed. */
const LOOK_MS = 2_000

type Options = {
  /** Told after every change. */
  onChange: () => void
  /** Told when a look fails; what was known goes on counting. */
  onError: (error: unknown) => void
}

/** Whom and which servers the operator has blocked, in memory: it is asked about every message. */
export class Blocks {
  private readonly app: ServiceContext
  private blocked: ReadonlySet<string> = new Set()
  private seen = -1
  private timer: NodeJS.Timeout | undefined
  private isLooking = false

  constructor(app: ServiceContext) {
    this.app = app
  }

  /** Reads them. To be called before they are asked for. */
  async load(): Promise<void> {
    this.seen = await readChangeMark(this.app.db)
    const blocks = await listBlocks(this.app.db)
    this.blocked = new Set(blocks.map(({ kind, id }) => keyOf(kind, id)))
  }

  /** Follows what is changed from now on, by whichever process. */
  follow({ onChange, onError }: Options): void {
    this.timer = setInterval(() => {
      this.look().then((hasChanged) => hasChanged && onChange(), onError)
    }, LOOK_MS).unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  has(kind: BlockKind, id: string): boolean {
    return this.blocked.has(keyOf(kind, id))
  }

  /** @returns whether they have changed */
  private async look(): Promise<boolean> {
    if (this.isLooking) return false
    this.isLooking = true
    try {
      const { db } = this.app
      const until = await readChangeMark(db)
      if (until === this.seen || !(await haveBlocksChanged(db, { after: this.seen, until }))) {
        this.seen = until
        return false
      }
      await this.load()
      return true
    } finally {
      this.isLooking = false
    }
  }
}

const keyOf = (kind: BlockKind, id: string): string => `${kind}:${id}`
