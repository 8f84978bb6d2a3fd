// A process that runs the bare loop over its files (arguments) whenever it gets a message.
import { bareLoop } from './bare.ts'

/** Pictures that are embedded before the process reports ready. */
const WARM_UP = 3

const files = process.argv.slice(2)
const bare = await bareLoop()
for (const file of files.slice(0, WARM_UP)) await bare(file)
process.on('message', async () => {
  for (const file of files) await bare(file)
  process.send?.('done')
})
process.send?.('ready')
