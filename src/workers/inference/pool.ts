import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { View } from '../../../models/views.ts'
import { UserError } from '../../errors.ts'
import type { Picture } from '../../images/decode.ts'
import { workerUrl } from '../worker-url.ts'
import type { InferenceJob, InferenceWorkerData } from './worker.ts'

/** What is kept of a picture that is filed: all but the network's input, and the features. */
type Seen = Omit<Picture, 'input'> & { features: Float32Array }
/** What an eye gives: features of each view, and the rest where the picture is filed. */
type Sight = Omit<Seen, 'features'> & { features: Float32Array[] }

type Job = InferenceJob & {
  resolve(seen: Sight): void
  reject(error: Error): void
}
/** An eye died with this job in hand; another one is started for the next. */
class WorkerCrash extends Error {
  constructor(cause: Error) {
    super(`An eye crashed: ${cause.message}`, { cause })
  }
}

/** Does something once more where an eye crashed over it; it need not have been its fault. Throws UserError busy.crashed */
export async function retryAfterCrash<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof WorkerCrash)) throw error
  }
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof WorkerCrash)) throw error
    throw new UserError(
      'busy.crashed',
      `Expected a picture that can be seen, but seeing it failed twice: ${error.message}`,
    )
  }
}

type Reply = { id: number; seen?: Sight; mistake?: { code: string; message: string } }

/** Jobs a worker holds at once: while one runs the network, the next is decoded. */
const DEPTH = 2

/** One for all pools of the process: heavy pictures are decoded one at a time. */
const TURN = new SharedArrayBuffer(4)

/** Eyes, one a core, started as work comes. A crash rejects that worker's jobs (see `persist`); the next job starts a new worker. */
export class InferencePool {
  private readonly backbone: Backbone
  private readonly size: number
  private readonly inferencePool = new Map<Worker, Map<number, Job>>()
  private readonly waiting: Job[] = []
  private next = 0
  private closed = false

  constructor(backbone: Backbone, size = availableParallelism()) {
    this.backbone = backbone
    this.size = size
  }

  /** Pictures worth having in flight at once. */
  get width(): number {
    return this.size * DEPTH
  }

  /** Features of each view of a picture that is only asked about. Takes the bytes over, and rejects as `see` does. */
  async embed(bytes: Uint8Array, views: View[]): Promise<Float32Array[]> {
    return (await this.give(bytes, views)).features
  }

  /** Takes the bytes over: they are empty afterwards. Rejects with UserError where the bytes are no picture that can be used. */
  async ingest(bytes: Uint8Array): Promise<Seen> {
    const { pixelHash, copy, features, ...rest } = await this.give(bytes, 'all')
    // Structured cloning turns a Buffer into a Uint8Array.
    return { ...rest, features: features[0]!, pixelHash: Buffer.from(pixelHash), copy: Buffer.from(copy) }
  }

  /** Drops what waits, lets what runs end (a thread that is stopped inside the network takes the process with it), and stops. */
  async close(): Promise<void> {
    this.closed = true
    for (const job of this.waiting.splice(0)) job.reject(new Error('The pool is closed'))
    while ([...this.inferencePool.values()].some((jobs) => jobs.size > 0))
      await new Promise((resolve) => setTimeout(resolve, 5))
    await Promise.all([...this.inferencePool.keys()].map((eye) => eye.terminate()))
  }

  private give(bytes: Uint8Array, want: InferenceJob['want']): Promise<Sight> {
    return new Promise((resolve, reject) => {
      // Somebody may still be reading what they wanted seen: it must not start an eye that nobody stops.
      if (this.closed) throw new Error('The pool is closed')
      this.waiting.push({ id: this.next++, bytes, want, resolve, reject })
      this.onInteraction()
    })
  }

  private onInteraction(): void {
    while (this.waiting.length > 0) {
      const idle = [...this.inferencePool].sort((a, b) => a[1].size - b[1].size)[0]
      const start = this.inferencePool.size < this.size && (!idle || idle[1].size > 0)
      const [eye, jobs] = start ? this.start() : idle!
      if (jobs.size >= DEPTH) return
      const job = this.waiting.shift()!
      jobs.set(job.id, job)
      const { id, bytes, want } = job
      eye.postMessage({ id, bytes, want } satisfies InferenceJob, [bytes.buffer as ArrayBuffer])
    }
  }

  private start(): [Worker, Map<number, Job>] {
    const eye = new Worker(workerUrl('./worker', import.meta.url), {
      workerData: { backbone: this.backbone, turn: TURN } satisfies InferenceWorkerData,
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    })
    const jobs = new Map<number, Job>()
    this.inferencePool.set(eye, jobs)
    eye.on('message', ({ id, seen, mistake }: Reply) => {
      const job = jobs.get(id)
      jobs.delete(id)
      if (seen) job?.resolve(seen)
      else if (mistake) job?.reject(new UserError(mistake.code, mistake.message))
      this.onInteraction()
    })
    eye.on('error', (error) => lose(error as Error))
    eye.on('exit', (code) => lose(new Error(`An eye ended with ${code}`)))
    const lose = (cause: Error): void => {
      this.inferencePool.delete(eye)
      for (const job of jobs.values()) job.reject(new WorkerCrash(cause))
      jobs.clear()
      this.onInteraction()
    }
    return [eye, jobs]
  }
}
