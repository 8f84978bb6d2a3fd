import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { heicModule, loadHeicLibrary } from '../../src/images/heic/library.ts'

export type Case = { name: string; bytes: Buffer; code: string }

const SIDE = 160

/** A picture that compresses badly, so that every part of a file matters. */
export const noisy = (seed: number, side = SIDE) => {
  let state = seed + 1
  const data = Buffer.alloc(side * side * 3)
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[i] = ((i / 3) % side) + (state >>> 26)
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
}

/** The same picture in every format that is read. */
export async function formats(): Promise<Record<string, Buffer>> {
  return {
    'baseline.jpg': await noisy(1).jpeg().toBuffer(),
    'progressive.jpg': await noisy(2).jpeg({ progressive: true }).toBuffer(),
    'plain.png': await noisy(3).png().toBuffer(),
    'interlaced.png': await noisy(4).png({ progressive: true }).toBuffer(),
    'lossy.webp': await noisy(5).webp().toBuffer(),
    'lossless.webp': await noisy(6).webp({ lossless: true }).toBuffer(),
    'still.gif': await noisy(7).gif().toBuffer(),
    'small.avif': await noisy(8, 64).avif({ effort: 0 }).toBuffer(),
  }
}

/** Files that are no usable picture, each with the code that it must be refused with. */
export async function badPictures(): Promise<Case[]> {
  const good = await formats()
  const cases: Case[] = []
  const add = (name: string, bytes: Buffer | string, code: string) =>
    cases.push({ name, bytes: Buffer.from(bytes as string), code })
  for (const [name, bytes] of Object.entries(good)) {
    for (const share of [0.1, 0.5, 0.8])
      add(`cut at ${share} ${name}`, bytes.subarray(0, bytes.length * share), 'picture.damaged')
    add(`header then zeros ${name}`, Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(4000)]), 'picture.damaged')
    const noise = Buffer.from({ length: 4000 } as ArrayLike<number>).map((_, i) => (i * 7919) & 255)
    add(`header then noise ${name}`, Buffer.concat([bytes.subarray(0, 20), noise]), 'picture.damaged')
  }
  add('empty.jpg', '', 'picture.empty')
  add('one byte.png', 'x', 'picture.not-a-picture')
  add('text.jpg', 'not a picture at all', 'picture.not-a-picture')
  add('zeros.png', Buffer.alloc(2 ** 20), 'picture.not-a-picture')
  add('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'picture.not-a-picture')
  add('page.jpg', '<!doctype html><img src=x onerror=alert(1)>', 'picture.not-a-picture')
  add('paper.png', '%PDF-1.7\n1 0 obj', 'picture.not-a-picture')
  add('archive.png', 'PK\x03\x04 and more', 'picture.not-a-picture')
  add('program.jpg', 'MZ\x90\x00 and more', 'picture.not-a-picture')
  add('old.bmp', 'BM and more and more', 'picture.not-a-picture')
  add('photo.tiff', await noisy(9).tiff().toBuffer(), 'picture.not-a-picture')
  add('matlab.v', Buffer.from([0xb6, 0xa6, 0xf2, 0x08, 0, 0, 0, 0]), 'picture.not-a-picture')
  add('jpeg magic.jpg', '\xff\xd8\xff\xe0 then text', 'picture.not-a-picture')
  add('png magic.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'picture.damaged')
  add('gif magic.gif', 'GIF89a', 'picture.damaged')
  add('webp magic.webp', 'RIFF\x10\0\0\0WEBPVP8 ', 'picture.damaged')
  add(
    'heic.avif',
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    (await hasHeic()) ? 'picture.damaged' : 'picture.heic',
  )
  add('bomb.png', pngBomb(30_000), 'picture.too-many-pixels')
  add('wide bomb.png', pngBomb(60_000, 1), 'picture.too-many-pixels')
  add('bomb.jpg', patched(good['baseline.jpg']!, 'jpeg'), 'picture.too-many-pixels')
  add('bomb.gif', patched(good['still.gif']!, 'gif'), 'picture.too-many-pixels')
  add('frames.gif', await manyFrames(2000), 'picture.too-many-frames')
  return cases
}

/** A whole PNG of one bit a pixel that unpacks to side x height pixels and takes few bytes. */
function pngBomb(side: number, height = side): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * height), { level: 9 })
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A header that claims 30,000 x 30,000. */
function patched(bytes: Buffer, kind: 'jpeg' | 'gif'): Buffer {
  const copy = Buffer.from(bytes)
  if (kind === 'gif') {
    copy.writeUInt16LE(30_000, 6)
    copy.writeUInt16LE(30_000, 8)
    // The frame too: libnsgif takes its size where the screen's is absurd.
    const frame = copy.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, SIDE, 0, SIDE, 0]))
    copy.writeUInt16LE(30_000, frame + 5)
    copy.writeUInt16LE(30_000, frame + 7)
    return copy
  }
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
  copy.writeUInt16BE(30_000, frame + 5)
  copy.writeUInt16BE(30_000, frame + 7)
  return copy
}

function manyFrames(count: number): Promise<Buffer> {
  const side = 4
  const data = Buffer.alloc(side * side * count * 3)
  for (let f = 0; f < count; f++) data.fill(f & 255, f * side * side * 3, (f + 1) * side * side * 3)
  const raw = { width: side, height: side * count, channels: 3, pageHeight: side } as const
  return sharp(data, { raw, limitInputPixels: false }).gif({ loop: 0, keepDuplicateFrames: true }).toBuffer()
}

/** Whether what reads HEIC is installed. */
const hasHeic = async (): Promise<boolean> => (await loadHeicLibrary(heicModule())) !== undefined
