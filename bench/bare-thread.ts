// A worker thread that runs the bare loop over its files when told to.
import { parentPort, workerData } from 'node:worker_threads'
import { bareLoop } from './bare.ts'

const bare = await bareLoop()
for (const file of (workerData as string[]).slice(0, 3)) await bare(file)
parentPort!.on('message', async () => {
  for (const file of workerData as string[]) await bare(file)
  parentPort!.postMessage('done')
})
parentPort!.postMessage('ready')
