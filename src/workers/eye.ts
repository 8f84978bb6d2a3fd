// A worker thread: bytes to features. It holds the one session that this thread ever makes.
import { parentPort } from 'node:worker_threads'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { openExtractor } from '../../models/backbones/session.ts'
import { UserError } from '../errors.ts'
import { decode } from '../images/decode.ts'

const port = parentPort!
const opened = openExtractor(EMBEDDED)

port.on('message', async ({ id, bytes }: { id: number; bytes: Uint8Array }) => {
  try {
    const { input, ...rest } = await decode(bytes, EMBEDDED.input)
    const features = await (await opened).extract(input)
    port.postMessage({ id, seen: { ...rest, features } })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    port.postMessage({ id, mistake: { code: error.code, message: error.message } })
  }
})
