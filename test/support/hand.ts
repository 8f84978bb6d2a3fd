// A thread that helps one of the tests.
import { workerData } from 'node:worker_threads'
import { runKernelWorker } from '../../models/kernels/parallel.ts'

const { memory, mailbox } = workerData as { memory: WebAssembly.Memory; mailbox: SharedArrayBuffer }
runKernelWorker(memory, mailbox)
