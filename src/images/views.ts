import { seededRandom } from '../../models/random.ts'

/** RGB, 8 bits, height x width x 3. */
type Pixels = { data: Uint8Array; width: number; height: number }

/** How far a view may stray from its picture. */
type Spread = { leastArea: number; degrees: number; brightness: number; saturation: number }
const SPREAD: Spread = { leastArea: 0.4, degrees: 15, brightness: 0.25, saturation: 0.4 }

/**
 * View `index` (1 and up) of a picture, fitted into a size: a part of it, mirrored or not, turned and recoloured. The
 * same picture and index always give the same view; other pictures give others.
 */
export function viewOf(picture: Pixels, size: { width: number; height: number }, index: number): Uint8Array {
  const random = seededRandom(fingerprint(picture.data) ^ Math.imul(index, 0x9e3779b1))
  for (let i = 0; i < 4; i++) random()
  const around = (spread: number): number => spread * (2 * random() - 1)
  const share = Math.sqrt(SPREAD.leastArea + (1 - SPREAD.leastArea) * random())
  const mirrored = random() < 0.5 ? -1 : 1
  const angle = (around(SPREAD.degrees) * Math.PI) / 180
  const [across, down] = [around((1 - share) / 2), around((1 - share) / 2)]
  const [light, saturation] = [1 + around(SPREAD.brightness), 1 + around(SPREAD.saturation)]

  const to = new Uint8Array(size.width * size.height * 3).fill(255)
  // Pixels of the picture for one of the view.
  const step = (share * Math.max(picture.width / size.width, picture.height / size.height)) as number
  const [cos, sin] = [Math.cos(angle) * step, Math.sin(angle) * step]
  const [middleX, middleY] = [(0.5 + across) * picture.width, (0.5 + down) * picture.height]
  const rgb = [0, 0, 0]
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const u = (x + 0.5 - size.width / 2) * mirrored
      const v = y + 0.5 - size.height / 2
      if (!sample(picture, middleX + cos * u - sin * v - 0.5, middleY + sin * u + cos * v - 0.5, rgb)) continue
      const grey = 0.299 * rgb[0]! + 0.587 * rgb[1]! + 0.114 * rgb[2]!
      const at = (y * size.width + x) * 3
      for (let c = 0; c < 3; c++)
        to[at + c] = Math.max(0, Math.min(255, light * (grey + saturation * (rgb[c]! - grey))))
    }
  return to
}

/** Bilinear, into `rgb`; false outside of the picture. */
function sample({ data, width, height }: Pixels, x: number, y: number, rgb: number[]): boolean {
  if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) return false
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))]
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)]
  const [fx, fy] = [Math.max(0, x - left), Math.max(0, y - top)]
  for (let c = 0; c < 3; c++) {
    const upper = data[(top * width + left) * 3 + c]! * (1 - fx) + data[(top * width + right) * 3 + c]! * fx
    const lower = data[(bottom * width + left) * 3 + c]! * (1 - fx) + data[(bottom * width + right) * 3 + c]! * fx
    rgb[c] = upper * (1 - fy) + lower * fy
  }
  return true
}

/** FNV-1a over some of the bytes. */
function fingerprint(data: Uint8Array): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < data.length; i += 97) hash = Math.imul(hash ^ data[i]!, 0x01000193)
  return hash
}
