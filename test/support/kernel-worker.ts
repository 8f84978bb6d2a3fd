// A worker thread that shares the kernels' loops with a test.
import { workerData } from 'node:worker_threads'
import { runKernelWorker } from '../../models/kernels/parallel.ts'

const { memory, mailbox } = workerData as { memory: WebAssembly.Memory; mailbox: SharedArrayBuffer }
runKernelWorker(memory, mailbox)
