import sharp from 'sharp'
import { withDecodeLock } from '../decode-lock.ts'
import { CHANNELS } from '../pixels.ts'
import { decodeHeic } from './decode-heic.ts'

/**
 * A HEIC picture as one that sharp decodes. Pictures of telephones take much memory: one at a time.
 * Throws as `decodeHeic`
 */
export async function heicAsPng(bytes: Uint8Array): Promise<Uint8Array> {
  const { width, height, data } = await withDecodeLock(() => decodeHeic(bytes))
  return sharp(data, { raw: { width, height, channels: CHANNELS } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}
