import { CHANNELS, luma, type Pixels } from './pixels.ts'

/** The picture is looked at in so many pixels a side. */
const SIDE = 32
/** So many of the lowest frequencies across, and as many down, make the 64 bits. */
const FREQUENCIES = 8

/** cos((2x + 1) u pi / 2N), u from 1: the lowest 8 x 8 frequencies without the constant ones. */
const COSINES = Float32Array.from({ length: FREQUENCIES * SIDE }, (_, i) =>
  Math.cos(((2 * (i % SIDE) + 1) * (Math.floor(i / SIDE) + 1) * Math.PI) / (2 * SIDE)),
)

/**
 * 64-bit perceptual hash (DCT; Zauner 2010): a bit a frequency, above the median or not. Rescaled and recompressed
 * copies differ in a few bits.
 */
export function perceptualHash(picture: Pixels): bigint {
  const grey = shrinkToGrey(picture)
  const across = new Float32Array(FREQUENCIES * SIDE)
  for (let u = 0; u < FREQUENCIES; u++)
    for (let y = 0; y < SIDE; y++) across[u * SIDE + y] = frequency(u, grey.subarray(y * SIDE, (y + 1) * SIDE))
  const low = new Float32Array(FREQUENCIES * FREQUENCIES)
  for (let u = 0; u < FREQUENCIES; u++)
    for (let v = 0; v < FREQUENCIES; v++)
      low[u * FREQUENCIES + v] = frequency(v, across.subarray(u * SIDE, (u + 1) * SIDE))
  const median = Float32Array.from(low).sort()[low.length / 2] ?? 0
  return low.reduce((hash, value) => (hash << 1n) | BigInt(value > median), 0n)
}

/** How much of frequency `u` there is in SIDE values. Rounded at each step: the hashes that are stored were made so. */
function frequency(u: number, values: Float32Array): number {
  let sum = 0
  for (let x = 0; x < SIDE; x++) sum = Math.fround(sum + (COSINES[u * SIDE + x] ?? 0) * (values[x] ?? 0))
  return sum
}

/** The mean brightness of what falls into each of SIDE x SIDE cells. */
function shrinkToGrey({ data, width, height }: Pixels): Float32Array {
  const sums = new Float32Array(SIDE * SIDE)
  const counts = new Uint32Array(SIDE * SIDE)
  const columns = Uint8Array.from({ length: width }, (_, x) => Math.floor((x * SIDE) / width))
  let i = 0
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * SIDE) / height) * SIDE
    for (let x = 0; x < width; x++, i += CHANNELS) {
      const cell = row + (columns[x] ?? 0)
      sums[cell] = (sums[cell] ?? 0) + luma(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 0))
}
