import sharp from 'sharp'
import { CHANNELS, type Pixels } from './pixels.ts'

/** Pixels of the longer side: what Discord shows beside a text, sharp on a phone. */
const SIDE = 160
const QUALITY = 80

/** Decoded pixels as a small WebP. */
export const thumbnail = ({ width, height, data }: Pixels): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: CHANNELS } })
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toBuffer()
