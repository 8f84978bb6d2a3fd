import { UserError } from '../errors.ts'
import { asStillAvif, type FileKind } from './ftyp.ts'
import { heicAsPng } from './heic/heic-as-png.ts'
import { sniff } from './sniff.ts'

const EXPECTED = 'Expected a JPEG, PNG, WebP, GIF or AVIF picture'

/** Bytes that the decoder takes. Throws UserError picture.not-a-picture, .video, .unsupported, .heic, which say what they are */
export async function readableBytes(bytes: Uint8Array): Promise<Uint8Array> {
  const kind = sniff(bytes)
  if (kind === 'picture') return bytes
  if (kind === 'avif-sequence') return asStillAvif(bytes)
  if (kind === 'video') throw new UserError('picture.video', `${EXPECTED}, received a video`)
  if (kind === 'heic') return heicAsPng(bytes)
  throw new UserError('picture.not-a-picture', `${EXPECTED}, received ${kind.other}`)
}

/** What to say of a picture that its decoder refuses. */
export function unreadable(kind: FileKind, reason: string): UserError {
  if (kind === 'avif-sequence')
    return new UserError('picture.unsupported', 'Expected a still picture, received an AVIF animation without one')
  return new UserError('picture.damaged', `Expected a whole picture, but it cannot be decoded: ${reason}`)
}
