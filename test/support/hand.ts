// A thread that helps one of the tests.
import { workerData } from 'node:worker_threads'
import { lendHand } from '../../models/kernels/parallel.ts'

const { memory, slot } = workerData as { memory: WebAssembly.Memory; slot: SharedArrayBuffer }
lendHand(memory, slot)
