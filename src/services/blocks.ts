import type { ServiceContext } from '../context.ts'
import { haveBlocksChanged, listBlocks } from '../db/blocks.ts'
import { readChangeMark } from '../db/change-marks.ts'
import type { BlockKind } from '../db/schema-servers.ts'
import { type Repeating, repeat } from './repeat.ts'

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
  private looking: Repeating | undefined

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
    const look = async (): Promise<void> => {
      if (await this.look()) onChange()
    }
    this.looking = repeat(look, { everyMs: LOOK_MS, onError })
  }

  async stop(): Promise<void> {
    await this.looking?.stop()
  }

  has(kind: BlockKind, id: string): boolean {
    return this.blocked.has(keyOf(kind, id))
  }

  /** @returns whether they have changed */
  private async look(): Promise<boolean> {
    const { db } = this.app
    const until = await readChangeMark(db)
    if (until === this.seen || !(await haveBlocksChanged(db, { after: this.seen, until }))) {
      this.seen = until
      return false
    }
    await this.load()
    return true
  }
}

const keyOf = (kind: BlockKind, id: string): string => `${kind}:${id}`
