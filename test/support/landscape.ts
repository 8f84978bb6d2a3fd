import type { Pixels } from '../../src/images/pixels.ts'

const SIZE = { width: 160, height: 120 }

/** A sky, a sun and a hill. */
export function landscape({ width, height } = SIZE): Pixels {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colourAt(x / width, y / height, width / height), 3 * (y * width + x))
  return { width, height, data }
}

function colourAt(u: number, v: number, ratio: number): [number, number, number] {
  if (v > 0.65 + 0.1 * Math.sin(u * 7)) return [40 + 80 * u, 140, 60]
  if (Math.hypot(u * ratio - 0.35, v - 0.3) < 0.15) return [255, 210, 40]
  return [90 + 100 * v, 150 + 60 * v, 230]
}
