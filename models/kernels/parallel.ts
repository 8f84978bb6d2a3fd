import { type KernelCall, runCall } from './kernel-call.ts'
import { answerCalls, openMailbox, postCall, postStop, waitForResult } from './mailbox.ts'
import { instantiateKernels, type KernelInstance } from './wasm-module.ts'

/** Memory that several threads compute in. `rowsBytes` of it are for whitened rows, the rest is for everything else. */
export type KernelMemory = { memory: WebAssembly.Memory; rowsBytes: number }

/** Several threads on one memory. */
export type KernelThreads = {
  instance: KernelInstance
  rowsBytes: number
  /** Threads, this one included. */
  count: number
  /** Runs at least one call and at most one for each thread, all at once, and blocks until all are done. @returns what each gave */
  runAll(calls: KernelCall[]): number[]
  /** Ends `runKernelWorker` in the other threads. */
  close(): void
}

/** @param mailboxes of the other threads, each of which is in `runKernelWorker` on the same memory, or soon will be */
export function openKernelThreads({ memory, rowsBytes }: KernelMemory, mailboxes: SharedArrayBuffer[]): KernelThreads {
  const instance = instantiateKernels(memory)
  const others = mailboxes.map(openMailbox)
  return {
    instance,
    rowsBytes,
    count: others.length + 1,
    runAll([own, ...rest]) {
      const posted = rest.map((call, i) => {
        const mailbox = others[i]!
        postCall(mailbox, call)
        return mailbox
      })
      return [runCall(instance, own!), ...posted.map(waitForResult)]
    },
    close: () => others.forEach(postStop),
  }
}

/** Computes what the thread that opened the mailbox asks for, and blocks this thread until that one closes. */
export function runKernelWorker(memory: WebAssembly.Memory, mailbox: SharedArrayBuffer): void {
  const instance = instantiateKernels(memory)
  answerCalls(openMailbox(mailbox), (call) => runCall(instance, call))
}
