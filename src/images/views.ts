import { seededRandom } from '../../models/random.ts'
import { bilinear, type Rgb } from './bilinear.ts'
import { CHANNELS, luma, type Pixels, type Size } from './pixels.ts'

/** How far a view may stray from its picture. */
const SPREAD = {
  /** Share of the picture that a view shows at least. */
  leastArea: 0.4,
  /** Turned to either side. */
  degrees: 15,
  /** Lighter or darker, and more or less saturated, by at most this share. */
  brightness: 0.25,
  saturation: 0.4,
}

/** A generator's first draws are close together for seeds that are. */
const DISCARDED_DRAWS = 4
/** 2^32 divided by the golden ratio, which spreads small numbers over all bits (Knuth). */
const GOLDEN = 0x9e3779b1

/** Shares of the picture's sides, radians, and factors. */
type View = {
  /** Of the longer side that fits. */
  share: number
  mirrored: 1 | -1
  angle: number
  across: number
  down: number
  light: number
  saturation: number
}

/**
 * View `index` of a picture, fitted into a size on white: a part of it, mirrored or not, turned and recoloured. The same
 * picture and index always give the same view; others give others.
 * @param index from 1. @returns height x width x 3
 */
export function randomView(picture: Pixels, size: Size, index: number): Uint8Array {
  return render(picture, size, drawView(picture, index))
}

function drawView(picture: Pixels, index: number): View {
  const random = seededRandom(fingerprint(picture.data) ^ Math.imul(index, GOLDEN))
  for (let i = 0; i < DISCARDED_DRAWS; i++) random()
  const around = (spread: number): number => spread * (2 * random() - 1)
  const share = Math.sqrt(SPREAD.leastArea + (1 - SPREAD.leastArea) * random())
  const margin = (1 - share) / 2
  // In this order: another one would give other views than those that were trained on.
  return {
    share,
    mirrored: random() < 0.5 ? -1 : 1,
    angle: (around(SPREAD.degrees) * Math.PI) / 180,
    across: around(margin),
    down: around(margin),
    light: 1 + around(SPREAD.brightness),
    saturation: 1 + around(SPREAD.saturation),
  }
}

function render(picture: Pixels, size: Size, view: View): Uint8Array {
  const out = new Uint8Array(size.width * size.height * CHANNELS).fill(255)
  // Pixels of the picture for one of the view.
  const step = view.share * Math.max(picture.width / size.width, picture.height / size.height)
  const cos = Math.cos(view.angle) * step
  const sin = Math.sin(view.angle) * step
  const middleX = (0.5 + view.across) * picture.width
  const middleY = (0.5 + view.down) * picture.height
  const sample = bilinear(picture)
  const rgb: Rgb = [0, 0, 0]
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const u = (x + 0.5 - size.width / 2) * view.mirrored
      const v = y + 0.5 - size.height / 2
      if (!sample(middleX + cos * u - sin * v - 0.5, middleY + sin * u + cos * v - 0.5, rgb)) continue
      const at = (y * size.width + x) * CHANNELS
      const grey = luma(rgb[0], rgb[1], rgb[2])
      out[at] = recolour(rgb[0], grey, view)
      out[at + 1] = recolour(rgb[1], grey, view)
      out[at + 2] = recolour(rgb[2], grey, view)
    }
  return out
}

/** A channel's new value, 0 to 255. @param grey brightness of the colour */
const recolour = (value: number, grey: number, { light, saturation }: View): number =>
  Math.max(0, Math.min(255, light * (grey + saturation * (value - grey))))

/** FNV-1a over some of the bytes. */
function fingerprint(data: Uint8Array): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < data.length; i += 97) hash = Math.imul(hash ^ (data[i] ?? 0), 0x01000193)
  return hash
}
