import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp, { type Sharp } from 'sharp'
import { decodeExample } from '../../src/images/decode.ts'

const SIZE = { width: 224, height: 224 }
// Dark on top, light below, 400 x 300.
const pixels = Buffer.alloc(400 * 300 * 3, 40)
pixels.fill(220, 400 * 150 * 3)
const picture = (): Sharp => sharp(pixels, { raw: { width: 400, height: 300, channels: 3 } })
const at = (input: Uint8Array, x: number, y: number): number => input[(y * SIZE.width + x) * 3]!

const kinds: Record<string, () => Sharp> = {
  JPEG: () => picture().jpeg(),
  'progressive JPEG': () => picture().jpeg({ progressive: true }),
  'CMYK JPEG': () => picture().toColourspace('cmyk').jpeg(),
  'greyscale PNG': () => picture().greyscale().png(),
  '16-bit PNG': () => picture().toColourspace('rgb16').png(),
  'palette PNG': () => picture().png({ palette: true }),
  'interlaced PNG': () => picture().png({ progressive: true }),
  WebP: () => picture().webp(),
  GIF: () => picture().gif(),
  AVIF: () => picture().avif(),
}

for (const [kind, make] of Object.entries(kinds))
  test(`${kind}: the whole picture, with a white border above and below`, async () => {
    const { input, copy } = await decodeExample(await make().toBuffer(), SIZE)
    assert.equal(input.length, 224 * 224 * 3)
    assert.equal(at(input, 112, 5), 255)
    assert.ok(Math.abs(at(input, 112, 60) - 40) < 25)
    assert.ok(Math.abs(at(input, 112, 160) - 220) < 25)
    assert.equal((await sharp(await copy).metadata()).width, 400)
  })

test('EXIF rotation is applied', async () => {
  // Orientation 6: turn a quarter clockwise, so that what was on top is on the right.
  const { input } = await decodeExample(await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer(), SIZE)
  assert.ok(at(input, 150, 112) < 70)
  assert.ok(at(input, 70, 112) > 190)
})

test('what is transparent is white', async () => {
  const clear = sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
  const { input } = await decodeExample(await clear.png().toBuffer(), SIZE)
  assert.ok(input.every((v) => v === 255))
})

test('a recompressed, smaller copy keeps its perceptual hash within a few bits', async () => {
  const noise = await sharp({
    create: {
      width: 12,
      height: 9,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()
  const large = sharp(noise).resize(600, 450)
  const a = await decodeExample(await large.clone().png().toBuffer(), SIZE)
  const b = await decodeExample(
    await sharp(await large.png().toBuffer())
      .resize(300)
      .jpeg({ quality: 60 })
      .toBuffer(),
    SIZE,
  )
  const bits = (a.perceptualHash ^ b.perceptualHash).toString(2).replaceAll('0', '').length
  assert.ok(bits <= 4, `${bits} bits differ`)
  assert.notDeepEqual(a.pixelHash, b.pixelHash)
})
