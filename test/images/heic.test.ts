// HEIC, by the decoder that whoever runs the program may install: real files, within the limits of every picture.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeExample } from '../../src/images/decode.ts'
import { decodeHeic } from '../../src/images/heic/decode-heic.ts'
import { heicModule, loadHeicLibrary } from '../../src/images/heic/library.ts'
import { toRgb } from '../../src/images/heic/to-rgb.ts'
import { heicPicture } from '../support/heic-picture.ts'
import { landscape } from '../support/landscape.ts'

const MISSING = 'file:///not-there/wasm-bundle.js'
const library = await loadHeicLibrary(heicModule())
const skip = library ? false : 'libheif-js is not installed: npm install --no-save libheif-js, or HEIC_DECODER=FOLDER'
/** Of 255, on average: what the codec loses at its quality of 50. */
const MAX_LOSS = 3

test('without a decoder, HEIC is refused, and it is said what to install', () =>
  assert.rejects(decodeHeic(heicPicture(), { module: MISSING }), {
    code: 'picture.heic',
    message: /npm install libheif-js/,
  }))

test('a HEIC picture is decoded as what was drawn', { skip }, async () => {
  const { width, height, data } = await decodeHeic(heicPicture())
  const drawn = landscape()
  assert.deepEqual([width, height], [drawn.width, drawn.height])
  const loss = data.reduce((sum, value, i) => sum + Math.abs(value - (drawn.data[i] ?? 0)), 0) / data.length
  assert.ok(loss < MAX_LOSS, `${loss}`)
})

test('one of many pixels comes smaller, one of 10 bits with 8', { skip }, async () => {
  for (const [name, size] of [
    ['large', [1344, 1008]],
    ['deep', [321, 201]],
  ] as const) {
    const { width, height, data } = await decodeHeic(heicPicture(name))
    assert.deepEqual([width, height], size)
    for (const [i, expected] of [0x44, 0x88, 0xcc].entries()) assert.ok(Math.abs((data[i] ?? 0) - expected) <= 1, name)
  }
})

test('it is added as any other picture is, also twice at once', { skip }, async () => {
  const size = { width: 64, height: 64 }
  const [one, other] = await Promise.all([decodeExample(heicPicture(), size), decodeExample(heicPicture(), size)])
  assert.deepEqual([one.width, one.height, one.input.length], [160, 120, 64 * 64 * 3])
  assert.deepEqual(one.pixelHash, other.pixelHash)
  assert.deepEqual([...(await one.copy).subarray(0, 2)], [0xff, 0xd8])
})

test('a brand that says nothing of the codec is no hindrance', { skip }, async () => {
  const bytes = Buffer.from(heicPicture())
  for (let at = bytes.indexOf('heic'); at >= 0 && at < 40; at = bytes.indexOf('heic')) bytes.write('mif1', at, 'latin1')
  const { width } = await decodeExample(new Uint8Array(bytes), { width: 64, height: 64 })
  assert.equal(width, 160)
})

test('what is cut, claims to be huge, or takes too much memory or time, is refused alone', { skip }, async () => {
  const whole = heicPicture()
  for (const length of [40, 300, whole.length - 200])
    await assert.rejects(decodeHeic(whole.slice(0, length)), { code: 'picture.damaged' }, `${length} bytes`)
  const huge = Buffer.from(whole)
  huge.writeUInt32BE(30_000, huge.indexOf('ispe') + 8)
  huge.writeUInt32BE(30_000, huge.indexOf('ispe') + 12)
  await assert.rejects(decodeHeic(new Uint8Array(huge)), { code: 'picture.too-many-pixels' })
  const large = heicPicture('large')
  await assert.rejects(decodeHeic(large, { memoryBytes: 20 * 2 ** 20 }), { code: 'picture.too-heavy', message: /4032/ })
  await assert.rejects(decodeHeic(large, { timeoutMs: 1 }), { code: 'picture.damaged', message: /too long/ })
  assert.equal((await decodeHeic(whole)).width, 160)
})

test('large pictures are averaged to a whole part of their size, deep ones to 8 bits', () => {
  const plane = (side: number, stride: number, bits: number) => {
    const bytes = bits > 8 ? 2 : 1
    const data = new Uint8Array(stride * side)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const value = 100 * 2 ** (bits - 8)
        data[y * stride + x * bytes] = value & 0xff
        if (bytes === 2) data[y * stride + x * bytes + 1] = value >> 8
      }
    return { width: side, height: side, stride, bits_per_pixel: bits, data }
  }
  for (const bits of [8, 10]) {
    const planes = {
      width: 90,
      height: 90,
      channels: [plane(90, 200, bits), plane(45, 100, bits), plane(45, 100, bits)],
    }
    const rgb = toRgb(planes as never, 30)
    assert.deepEqual([rgb.width, rgb.height], [30, 30])
    // Brightness 100, both differences 100 - 128.
    assert.deepEqual([...rgb.data.subarray(0, 3)], [61, 130, 50])
    assert.ok(rgb.data.every((value, i) => value === rgb.data[i % 3]))
  }
})
