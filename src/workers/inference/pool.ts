import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { View } from '../../../models/views.ts'
import { InferenceWorker, type PendingJob } from './inference-worker.ts'
import type { Asked, InferenceJob, Inferred, StoredPicture } from './messages.ts'
import { startInferenceThread } from './start-thread.ts'

/** A picture ready to be stored, with the features of its plain view. */
type IngestedPicture = StoredPicture & { features: Float32Array }

/** Jobs that a worker holds at once: while one runs the network, the next is decoded, and a copy encoded (docs/decisions/import-cost.md). */
const DEPTH = 3
/** Milliseconds between two looks whether the workers are idle. */
const CLOSE_POLL_MS = 5

/** Inference workers of one backbone, one a core, started as work comes. A crashed worker is replaced when the next job comes. */
export class InferencePool {
  private readonly backbone: Backbone
  private readonly size: number
  private readonly startThread: (backbone: Backbone) => Worker
  private readonly workers = new Set<InferenceWorker>()
  private readonly waiting: PendingJob[] = []
  private nextId = 0
  private isClosed = false

  constructor(backbone: Backbone, size = availableParallelism(), startThread = startInferenceThread) {
    this.backbone = backbone
    this.size = size
    this.startThread = startThread
  }

  /** Pictures worth having in flight at once: those that the workers hold, and one that is read meanwhile. */
  get inFlight(): number {
    return this.size * DEPTH + 1
  }

  /**
   * Features of each view of a picture. Takes the bytes over: they are empty afterwards.
   * Rejects with UserError picture.* or backbone.unusable, or with WorkerCrash
   */
  async embed(bytes: Uint8Array, views: View[]): Promise<Float32Array[]> {
    return (await this.infer(bytes, { views })).features
  }

  /** The same, with a small WebP of the picture where it is wanted. */
  infer(bytes: Uint8Array, asked: Asked): Promise<Inferred> {
    return this.submit(bytes, asked)
  }

  /** All that is stored of a picture. Takes the bytes over and rejects as `embed` does. */
  async ingest(bytes: Uint8Array): Promise<IngestedPicture> {
    const { features, picture } = await this.submit(bytes, 'ingest')
    const [plain] = features
    if (!picture || !plain) throw new Error('Expected a picture with its features from the inference worker')
    // Structured cloning turns a Buffer into a Uint8Array.
    const { pixelHash, copy, ...rest } = picture
    return { ...rest, features: plain, pixelHash: Buffer.from(pixelHash), copy: Buffer.from(copy) }
  }

  /** Rejects what waits and lets networks open and running jobs end: a thread that is stopped inside one takes the process with it. */
  async close(): Promise<void> {
    this.isClosed = true
    for (const job of this.waiting.splice(0)) job.reject(closed())
    while ([...this.workers].some((worker) => worker.isBusy)) await sleep(CLOSE_POLL_MS)
    await Promise.all([...this.workers].map((worker) => worker.terminate()))
  }

  private submit(bytes: Uint8Array, task: InferenceJob['task']): Promise<Inferred> {
    return new Promise((resolve, reject) => {
      // A picture may still be read while the pool closes: it must not start a worker that nobody stops.
      if (this.isClosed) throw closed()
      this.waiting.push({ id: this.nextId++, bytes, task, resolve, reject })
      this.dispatch()
    })
  }

  private dispatch(): void {
    for (;;) {
      const worker = this.waiting.length > 0 ? this.availableWorker() : undefined
      const job = worker && this.waiting.shift()
      if (!job) return
      worker.submit(job)
    }
  }

  /** The least busy worker, or a new one where all have work and there may be more. Undefined: all are full. */
  private availableWorker(): InferenceWorker | undefined {
    const [leastBusy] = [...this.workers].sort((a, b) => a.load - b.load)
    if (this.workers.size < this.size && (!leastBusy || leastBusy.load > 0)) return this.addWorker()
    return leastBusy && leastBusy.load < DEPTH ? leastBusy : undefined
  }

  private addWorker(): InferenceWorker {
    const worker = new InferenceWorker(this.startThread(this.backbone), {
      onReply: () => this.dispatch(),
      onCrash: () => {
        this.workers.delete(worker)
        this.dispatch()
      },
    })
    this.workers.add(worker)
    return worker
  }
}

const closed = (): Error => new Error('The inference pool is closed')
