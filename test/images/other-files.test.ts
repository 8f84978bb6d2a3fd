// What people take for pictures says what it is; what browsers show is read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { decodeExample, decodeViews } from '../../src/images/decode.ts'
import { avifSequence } from '../support/avif-sequence.ts'
import { noisy } from '../support/bad-pictures.ts'

const SIZE = { width: 64, height: 64 }
const END_MARKER_BYTES = 2
const BESIDE = 3
const TRIES = 20
/** Of its frames, and of the still picture beside them. */
const SIDE = 96
const read = (bytes: Uint8Array | string) =>
  decodeExample(new Uint8Array(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes), SIZE)

const videos = {
  QuickTime: '\0\0\0\x14ftypqt  \0\0\0\0qt  \0\0\0\x08wide',
  'QuickTime without ftyp': '\0\0\0\x08wide\0\0\0\0mdat',
  MP4: '\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41',
  '3GP': '\0\0\0\x14ftyp3gp4\0\0\0\0isom',
  WebM: '\x1aE\xdf\xa3\x9fB\x86\x81\x01',
  AVI: 'RIFF\x24\0\0\0AVI LIST',
  WMV: '0&\xb2u\x8ef\xcf\x11\xa6\xd9',
  'Flash video': 'FLV\x01\x05',
  MPEG: '\0\0\x01\xba\x21',
}
for (const [name, bytes] of Object.entries(videos))
  test(`${name} is called a video`, () => assert.rejects(read(bytes), { code: 'picture.video', message: /a video/ }))

const others: [bytes: string, what: RegExp][] = [
  ['%PDF-1.7\n1 0 obj', /a PDF/],
  ['PK\x03\x04 and more', /ZIP/],
  ['<?xml version="1.0"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
  ['<!doctype html><img>', /web page/],
  ['II*\0 and more', /TIFF/],
  ['\0\0\0\x18ftypM4A \0\0\0\0M4A mp42', /sound/],
  ['RIFF\x24\0\0\0WAVEfmt ', /sound/],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:0', /git lfs pull/],
]
for (const [bytes, what] of others)
  test(`no picture: ${what.source}`, () =>
    assert.rejects(read(bytes), { code: 'picture.not-a-picture', message: what }))

for (const brands of ['heic\0\0\0\0mif1heic', 'mif1\0\0\0\0mif1heic', 'hevc\0\0\0\0msf1hevc'])
  test(`what only begins like HEIC is refused: ${brands.slice(0, 4)}`, () =>
    assert.rejects(read(`\0\0\0\x18ftyp${brands}`), { code: /^picture\.(heic|damaged)$/ }))

test('an animated AVIF gives its still picture, and is never called damaged', async () => {
  const still = await noisy(1, SIDE).avif().toBuffer()
  const animation = avifSequence(still, { side: SIDE, frames: 3 })
  assert.deepEqual((await read(animation)).pixelHash, (await read(still)).pixelHash)
  assert.equal(animation.toString('latin1', 8, 12), 'avis', 'what was handed in is not changed')
  await assert.rejects(read(animation.subarray(0, animation.length / 2)), { code: 'picture.unsupported' })
})

for (const progressive of [false, true])
  test(`a JPEG without its end marker is read like the whole one (progressive: ${progressive})`, async () => {
    const whole = await noisy(1).jpeg({ progressive }).toBuffer()
    const cut = whole.subarray(0, whole.length - END_MARKER_BYTES)
    assert.deepEqual((await read(cut)).pixelHash, (await read(whole)).pixelHash)
    assert.deepEqual((await read(whole.subarray(0, whole.length - 1))).pixelHash, (await read(whole)).pixelHash)
    assert.deepEqual(await decodeViews(cut, SIZE, ['plain', 1]), await decodeViews(whole, SIZE, ['plain', 1]))
  })

test('a JPEG without its end marker is read while others are, too', async () => {
  const whole = await noisy(1).jpeg({ progressive: true }).toBuffer()
  const cut = whole.subarray(0, whole.length - END_MARKER_BYTES)
  const { pixelHash } = await read(whole)
  const hasEnded = new AbortController()
  // Reading a header clears what libvips says of every other picture.
  const beside = Array.from({ length: BESIDE }, async () => {
    while (!hasEnded.signal.aborted) await sharp(whole).metadata()
  })
  try {
    for (let tries = 0; tries < TRIES; tries++) assert.deepEqual((await read(cut)).pixelHash, pixelHash)
  } finally {
    hasEnded.abort()
    await Promise.all(beside)
  }
})

test('a JPEG without the last of its pixels is damaged', async () => {
  const whole = await noisy(1).jpeg().toBuffer()
  for (const missing of [1, 2, 10, 100, 1000]) {
    const cut = whole.subarray(0, whole.length - END_MARKER_BYTES - missing)
    await assert.rejects(read(cut), { code: 'picture.damaged' }, `${missing} bytes`)
  }
})

test('the decoder itself loads none of the formats that are not read here, whatever a file claims', async () => {
  // One decoded picture: the loaders are blocked for the whole process.
  await read(await noisy(1).jpeg().toBuffer())
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
  for (const bytes of [drawing, '%PDF-1.7\n1 0 obj', 'II*\0\x08\0\0\0', 'P5 1 1 255 x', '#?RADIANCE\n'])
    await assert.rejects(sharp(Buffer.from(bytes, 'latin1')).metadata(), /unsupported image format/, bytes)
})
