import type { Sharp } from 'sharp'

/** `index` counts the pictures: what is cut off, and whether a copy is lighter or darker, changes from one to the next. */
type Picture = { width: number; height: number; index: number }
type MakeCopy = (picture: Sharp, about: Picture) => Sharp

const SMALLEST_WIDTH = 24

/** Copies as people make them, by what was done. */
export const COPIES: Record<string, MakeCopy> = {
  'half the size': (picture, { width }) => picture.resize(Math.max(SMALLEST_WIDTH, width >> 1)).png(),
  'JPEG of quality 35': (picture) => picture.jpeg({ quality: 35 }),
  mirrored: (picture) => picture.flop().png(),
  'a quarter lighter or darker': (picture, { index }) => picture.modulate({ brightness: index % 2 ? 1.25 : 0.8 }).png(),
  'cropped to 80 % of the area': cropTo(Math.sqrt(0.8)),
  'cropped to 80 % of the sides': cropTo(0.8),
}

/** @param share of each side that is left */
function cropTo(share: number): MakeCopy {
  return (picture, { width: fullWidth, height: fullHeight, index }) => {
    const [width, height] = [Math.round(share * fullWidth), Math.round(share * fullHeight)]
    const left = Math.floor(((fullWidth - width) * (index % 4)) / 3)
    const top = Math.floor(((fullHeight - height) * (index % 3)) / 2)
    return picture.extract({ left, top, width, height }).png()
  }
}
