import type { Worker } from 'node:worker_threads'
import { UserError } from '../../errors.ts'
import type { InferenceJob, InferenceReply, Inferred } from './messages.ts'
import { WorkerCrash } from './worker-crash.ts'

export type PendingJob = InferenceJob & {
  resolve(inferred: Inferred): void
  reject(error: Error): void
}

/** A thread and the jobs that it holds. A crash rejects those with WorkerCrash. */
export class InferenceWorker {
  private readonly thread: Worker
  private readonly jobs = new Map<number, PendingJob>()
  private isOpened = false

  constructor(thread: Worker, { onReply, onCrash }: { onReply(): void; onCrash(): void }) {
    this.thread = thread
    const crash = (cause: Error): void => {
      for (const job of this.jobs.values()) job.reject(new WorkerCrash(cause))
      this.jobs.clear()
      onCrash()
    }
    thread.on('message', (reply: InferenceReply) => {
      if ('state' in reply) {
        this.isOpened ||= reply.state === 'opened'
        return
      }
      this.settle(reply)
      onReply()
    })
    thread.on('error', crash)
    thread.on('exit', (code) => crash(new Error(`it ended with ${code}`)))
  }

  get load(): number {
    return this.jobs.size
  }

  /** Whether the network opens or runs, or is about to. */
  get isBusy(): boolean {
    return !this.isOpened || this.load > 0
  }

  /** Takes the bytes over: they are empty afterwards. */
  submit(job: PendingJob): void {
    this.jobs.set(job.id, job)
    const { id, bytes, task } = job
    const { buffer } = bytes
    this.thread.postMessage({ id, bytes, task } satisfies InferenceJob, buffer instanceof ArrayBuffer ? [buffer] : [])
  }

  async terminate(): Promise<void> {
    await this.thread.terminate()
  }

  private settle(reply: Exclude<InferenceReply, { state: string }>): void {
    const job = this.jobs.get(reply.id)
    this.jobs.delete(reply.id)
    if ('inferred' in reply) job?.resolve(reply.inferred)
    else job?.reject(new UserError(reply.failure.code, reply.failure.message))
  }
}
