import sharp from 'sharp'

/** Of a picture in a chat, so that a phone shows it at once. */
export const MAX_PICTURE_BYTES = 200_000

/** From hardly to clearly seen; from the last one on, the picture gets smaller. */
const QUALITIES = [85, 70, 55, 40]
const SHRINK = 0.7

/** Any picture as WebP of at most `maxBytes`: at the best quality, and then at the largest size, that fits. */
export async function smallWebp(picture: Uint8Array, maxBytes: number = MAX_PICTURE_BYTES): Promise<Buffer> {
  const { width } = await sharp(picture).metadata()
  for (let scale = 1; ; scale *= SHRINK) {
    const size = Math.max(1, Math.round(width * scale))
    const { data, info } = await sharp(picture).resize({ width: size }).raw().toBuffer({ resolveWithObject: true })
    const raw = { width: info.width, height: info.height, channels: info.channels }
    for (const quality of QUALITIES) {
      const bytes = await sharp(data, { raw }).webp({ quality, smartSubsample: true }).toBuffer()
      if (bytes.length <= maxBytes || info.width === 1) return bytes
    }
  }
}
