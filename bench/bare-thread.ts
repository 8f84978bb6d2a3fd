// A worker thread that runs the bare loop over its files whenever it gets a message.
import { parentPort, workerData } from 'node:worker_threads'
import { bareLoop } from './bare.ts'

/** Pictures that are embedded before the thread reports ready. */
const WARM_UP = 3

const files = workerData as string[]
const bare = await bareLoop()
for (const file of files.slice(0, WARM_UP)) await bare(file)
parentPort!.on('message', async () => {
  for (const file of files) await bare(file)
  parentPort!.postMessage('done')
})
parentPort!.postMessage('ready')
