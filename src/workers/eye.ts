// A worker thread: bytes to features. It holds the one session that this thread ever makes.
import { parentPort, workerData } from 'node:worker_threads'
import type { Backbone } from '../../models/backbones/registry.ts'
import { BackboneError, openExtractor } from '../../models/backbones/session.ts'
import { UserError } from '../errors.ts'
import { decode, look, mirror } from '../images/decode.ts'
import { shareTurn } from '../images/turns.ts'

export type Tools = { backbone: Backbone; turn: SharedArrayBuffer }

/** `all`: features and what is kept of a filed picture; the others: features alone. */
export type Order = { id: number; bytes: Uint8Array; want: 'all' | 'plain' | 'mirrored' }

const { backbone, turn } = workerData as Tools
shareTurn(turn)
const port = parentPort!
const opened = openExtractor(backbone)
opened.catch(() => {}) // each job awaits it

port.on('message', async ({ id, bytes, want }: Order) => {
  try {
    const size = backbone.input
    const { input, ...kept } = want === 'all' ? await decode(bytes, size) : { input: await look(bytes, size) }
    const { features } = await (await opened).extract(want === 'mirrored' ? mirror(input, size) : input)
    port.postMessage({ id, seen: { ...kept, features } })
  } catch (error) {
    const mistake = error instanceof BackboneError ? new UserError('backbone.unusable', error.message) : error
    if (!(mistake instanceof UserError)) throw error
    port.postMessage({ id, mistake: { code: mistake.code, message: mistake.message } })
  }
})
