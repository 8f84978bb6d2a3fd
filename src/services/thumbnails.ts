import { availableParallelism } from 'node:os'
import type { ServiceContext } from '../context.ts'
import { readCopy } from '../db/pictures.ts'
import { type NewThumbnail, readThumbnail, writeThumbnails } from '../db/thumbnails.ts'
import { FairQueue } from '../workers/fair-queue.ts'
import { ByteCache } from './byte-cache.ts'

/** Pixels of the longer side, at most. The smallest are kept in the database, the largest are the stored copies. */
export const PICTURE_SIDES = [160, 320, 512] as const
type Side = (typeof PICTURE_SIDES)[number]
const [SMALLEST, , COPY] = PICTURE_SIDES

/** Pictures that may wait to be made smaller, at some 5 ms each. */
const MAX_WAITING = 2_000
/** New small pictures are written together: one wait for the disk. */
const [WRITE_AT_ONCE, WRITE_MS] = [64, 250]
/** Of those that are not kept in the database. */
const CACHE_BYTES = 16 * 2 ** 20

/** `signal`: of whoever asks; aborted once they have gone away. */
type Wanted = { picture: number; side: Side; signal?: AbortSignal | undefined }
type Made = NewThumbnail & { bytes: Buffer }
type Making = { waiting: (AbortSignal | undefined)[]; done: Promise<Buffer | undefined> }

/** Small pictures of the examples' pictures, made when they are first looked at. */
export class Thumbnails {
  private readonly app: ServiceContext
  private readonly onError: (error: unknown) => void
  private readonly queue = new FairQueue(availableParallelism(), MAX_WAITING, 'small pictures')
  /** By what is made, with those who wait for it. */
  private readonly making = new Map<string, Making>()
  private readonly cache = new ByteCache(CACHE_BYTES)
  private unwritten: Made[] = []
  private timer: NodeJS.Timeout | undefined
  private isClosed = false

  /** @param onError told when small pictures cannot be kept: they are made again */
  constructor(app: ServiceContext, onError: (error: unknown) => void) {
    this.app = app
    this.onError = onError
    app.events.on('closing', () => this.close())
    // What is deleted is in memory no longer than it must.
    app.events.on('examplesChanged', (dataset) => this.cache.drop(dataset))
    app.events.on('datasetsDeleted', (datasets) => {
      for (const dataset of datasets) this.cache.drop(dataset)
    })
  }

  /** Undefined where the picture was deleted meanwhile, or whoever asked has gone away. Throws UserError busy.full */
  async read(dataset: number, wanted: Wanted): Promise<Uint8Array | undefined> {
    const { picture, side } = wanted
    const { db } = this.app
    if (side === COPY) return readCopy(db, picture)
    const known = side === SMALLEST ? await readThumbnail(db, picture) : this.cache.read(dataset, `${picture} ${side}`)
    return known ?? this.makeOnce(dataset, wanted)
  }

  /** Writes what was made and is not kept yet. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const some = this.unwritten
    this.unwritten = []
    if (some.length > 0) await writeThumbnails(this.app.db, some).catch(this.onError)
  }

  private async makeOnce(dataset: number, wanted: Wanted): Promise<Buffer | undefined> {
    if (wanted.signal?.aborted) return undefined
    // Made while the database was asked for it.
    const made = wanted.side === SMALLEST && this.unwritten.find(({ picture }) => picture === wanted.picture)
    if (made) return made.bytes
    const key = `${wanted.picture} ${wanted.side}`
    const running = this.making.get(key)
    if (running) {
      running.waiting.push(wanted.signal)
      return running.done
    }
    const making: Making = { waiting: [wanted.signal], done: Promise.resolve(undefined) }
    this.making.set(key, making)
    making.done = this.queue
      .run(String(dataset), async () => {
        // Whoever scrolls on needs what comes next; whoever asks from now on starts anew.
        if (making.waiting.some((signal) => !signal?.aborted)) return this.make(dataset, wanted)
        this.making.delete(key)
        return undefined
      })
      .finally(() => {
        if (this.making.get(key) === making) this.making.delete(key)
      })
    return making.done
  }

  private async make(dataset: number, { picture, side }: Wanted): Promise<Buffer | undefined> {
    const copy = await readCopy(this.app.db, picture)
    if (!copy) return undefined
    // Loaded when it is used: the page starts sooner.
    const { scaleCopy } = await import('../images/scale-copy.ts')
    const bytes = await scaleCopy(copy, side)
    if (side === SMALLEST) this.keep({ picture, bytes })
    else this.cache.write(dataset, `${picture} ${side}`, bytes)
    return bytes
  }

  /** What is not kept yet is made again the next time. */
  private close(): void {
    this.isClosed = true
    this.queue.stop()
    clearTimeout(this.timer)
    this.unwritten = []
  }

  private keep(thumbnail: Made): void {
    if (this.isClosed) return
    this.unwritten.push(thumbnail)
    if (this.unwritten.length >= WRITE_AT_ONCE) void this.flush()
    else this.timer ??= setTimeout(() => void this.flush(), WRITE_MS).unref()
  }
}
