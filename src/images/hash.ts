const SIDE = 32
const LOW = 8

/** cos((2x + 1) u pi / 2N), u from 1: the lowest 8 x 8 frequencies without the constant ones. */
const COSINES = Float32Array.from({ length: LOW * SIDE }, (_, i) =>
  Math.cos(((2 * (i % SIDE) + 1) * (Math.floor(i / SIDE) + 1) * Math.PI) / (2 * SIDE)),
)

/**
 * 64-bit perceptual hash (DCT; Zauner 2010): a bit a frequency, above the median or not. Rescaled and recompressed
 * copies differ in a few bits. @param rgb height x width x 3
 */
export function perceptualHash(rgb: Uint8Array, { width, height }: { width: number; height: number }): bigint {
  const grey = shrink(rgb, width, height)
  const half = new Float32Array(LOW * SIDE)
  for (let u = 0; u < LOW; u++)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) half[u * SIDE + y]! += COSINES[u * SIDE + x]! * grey[y * SIDE + x]!
  const low = new Float32Array(LOW * LOW)
  for (let u = 0; u < LOW; u++)
    for (let v = 0; v < LOW; v++)
      for (let y = 0; y < SIDE; y++) low[u * LOW + v]! += COSINES[v * SIDE + y]! * half[u * SIDE + y]!
  const median = Float32Array.from(low).sort()[32]!
  return low.reduce((hash, value) => (hash << 1n) | BigInt(value > median), 0n)
}

function shrink(rgb: Uint8Array, width: number, height: number): Float32Array {
  const grey = new Float32Array(SIDE * SIDE)
  const count = new Uint32Array(SIDE * SIDE)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = Math.floor((y * SIDE) / height) * SIDE + Math.floor((x * SIDE) / width)
      const i = (y * width + x) * 3
      grey[at]! += 0.299 * rgb[i]! + 0.587 * rgb[i + 1]! + 0.114 * rgb[i + 2]!
      count[at]! += 1
    }
  return grey.map((v, i) => v / Math.max(1, count[i]!))
}
