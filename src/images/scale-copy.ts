import sharp from 'sharp'

/** Out of 100; what small pictures are looked at for is told apart well. */
const QUALITY = 75
/** How long the encoder tries, 0 to 6: beyond this, twice the time saves a twentieth of the bytes. */
const EFFORT = 2

/** A stored copy as a smaller WebP. @param side pixels of the longer side, at most */
export const scaleCopy = (copy: Uint8Array, side: number): Promise<Buffer> =>
  sharp(copy)
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY, effort: EFFORT })
    .toBuffer()
