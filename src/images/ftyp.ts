/** What a file is by its first bytes: a picture that is read here, or something else in words as "a PDF document". */
export type FileKind = 'picture' | 'avif-sequence' | 'heic' | 'video' | { other: string }

const MAJOR_BRAND_AT = 8
const COMPATIBLE_BRANDS_AT = 16
const BRAND_BYTES = 4

const HEVC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
/** Any codec: `avif` or `heic` beside it says which. */
const ANY_CODEC = ['mif1', 'msf1', 'miaf']
const SOUND = ['M4A ', 'M4B ', 'M4P ', 'F4A ']
const OTHERS: Record<string, string> = {
  'jxl ': 'a JPEG XL picture',
  'jp2 ': 'a JPEG 2000 picture',
  'crx ': 'a raw photo',
}

/**
 * What an ISO base media file is by its brands: AVIF, HEIC and videos share the container (ISO/IEC 14496-12, 4.3).
 * @param head its first bytes as Latin-1
 */
export function ftypKind(head: string): FileKind {
  const major = head.slice(MAJOR_BRAND_AT, MAJOR_BRAND_AT + BRAND_BYTES)
  const compatible = compatibleBrands(head)
  if (major === 'avis') return 'avif-sequence'
  if (major === 'avif') return 'picture'
  if (HEVC.includes(major)) return 'heic'
  if (ANY_CODEC.includes(major)) {
    if (compatible.includes('avif')) return 'picture'
    if (compatible.includes('avis')) return 'avif-sequence'
    // Its header says which codec it is.
    return compatible.some((brand) => HEVC.includes(brand)) ? 'heic' : 'picture'
  }
  if (SOUND.includes(major)) return { other: 'a sound file' }
  const other = OTHERS[major]
  return other ? { other } : 'video'
}

function compatibleBrands(head: string): string[] {
  const size = Buffer.from(head.slice(0, BRAND_BYTES), 'latin1')
  const end = size.length === BRAND_BYTES ? Math.min(size.readUInt32BE(), head.length) : 0
  const brands: string[] = []
  for (let at = COMPATIBLE_BRANDS_AT; at + BRAND_BYTES <= end; at += BRAND_BYTES)
    brands.push(head.slice(at, at + BRAND_BYTES))
  return brands
}

/**
 * A copy that names a still picture as its brand: libvips knows AVIF by the first brand alone, and the still picture of an
 * animation is there beside its frames.
 */
export function asStillAvif(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy.set(Buffer.from('avif', 'latin1'), MAJOR_BRAND_AT)
  return copy
}
