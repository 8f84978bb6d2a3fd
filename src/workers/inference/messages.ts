import type { Backbone } from '../../../models/backbones/registry.ts'
import type { View } from '../../../models/views.ts'
import type { Picture } from '../../images/decode.ts'

/** The first message to a worker. `decodeLock`: shared by all of the process, so that heavy pictures are decoded one at a time. */
export type ToOpen = { backbone: Backbone; decodeLock: SharedArrayBuffer }

/** What is stored of a picture beside its features. */
export type StoredPicture = Omit<Picture, 'input' | 'copy'> & { copy: Buffer }

/**
 * `task`: the views whose features are wanted, `thumbnail` with a small WebP of the picture; or `ingest`: the plain view and
 * all that is stored of the picture.
 */
export type InferenceJob = { id: number; bytes: Uint8Array; task: Asked | 'ingest' }
export type Asked = { views: View[]; thumbnail?: boolean | undefined }

/** `features` of each view; `picture` for `ingest` alone. */
export type Inferred = { features: Float32Array[]; picture?: StoredPicture; thumbnail?: Uint8Array }
/** What a worker says of itself: it has loaded its libraries; it has opened the network, or could not. */
type WorkerState = { state: 'loaded' | 'opened' }
export type InferenceReply =
  | WorkerState
  | ({ id: number } & ({ inferred: Inferred } | { failure: { code: string; message: string } }))
