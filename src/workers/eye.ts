// A worker thread: bytes to features. It holds the one session that this thread ever makes.
import { parentPort, workerData } from 'node:worker_threads'
import type { Backbone } from '../../models/backbones/registry.ts'
import { BackboneError, openExtractor } from '../../models/backbones/session.ts'
import { UserError } from '../errors.ts'
import { decode, look } from '../images/decode.ts'

const backbone = workerData as Backbone
const port = parentPort!
const opened = openExtractor(backbone)
opened.catch(() => {}) // each job awaits it

port.on('message', async ({ id, bytes, keep }: { id: number; bytes: Uint8Array; keep: boolean }) => {
  try {
    const { input, ...kept } = keep ? await decode(bytes, backbone.input) : { input: await look(bytes, backbone.input) }
    const { features } = await (await opened).extract(input)
    port.postMessage({ id, seen: { ...kept, features } })
  } catch (error) {
    const mistake = error instanceof BackboneError ? new UserError('backbone.unusable', error.message) : error
    if (!(mistake instanceof UserError)) throw error
    port.postMessage({ id, mistake: { code: mistake.code, message: mistake.message } })
  }
})
