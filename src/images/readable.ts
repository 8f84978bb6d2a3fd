import { UserError } from '../errors.ts'
import { asStillAvif, type FileKind } from './ftyp.ts'
import { sniff } from './sniff.ts'

const EXPECTED = 'Expected a JPEG, PNG, WebP, GIF or AVIF picture'

/** Bytes that the decoder takes. Throws UserError picture.not-a-picture, .video, .unsupported, which say what they are */
export function readableBytes(bytes: Uint8Array): Uint8Array {
  const kind = sniff(bytes)
  if (kind === 'picture') return bytes
  if (kind === 'avif-sequence') return asStillAvif(bytes)
  if (kind === 'video') throw new UserError('picture.video', `${EXPECTED}, received a video`)
  if (kind === 'heic') throw heic()
  throw new UserError('picture.not-a-picture', `${EXPECTED}, received ${kind.other}`)
}

export const heic = (): UserError =>
  new UserError('picture.unsupported', `${EXPECTED}, received HEIC: save it as JPEG first`)

/** What to say of a picture that its decoder refuses. */
export function unreadable(kind: FileKind, reason: string): UserError {
  if (kind === 'avif-sequence')
    return new UserError('picture.unsupported', 'Expected a still picture, received an AVIF animation without one')
  return new UserError('picture.damaged', `Expected a whole picture, but it cannot be decoded: ${reason}`)
}
