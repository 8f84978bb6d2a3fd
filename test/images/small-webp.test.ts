// Pictures of a chat's cards: WebP of at most 200 kB, whatever they show.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { MAX_PICTURE_BYTES, smallWebp } from '../../src/images/small-webp.ts'
import { thumbnailStrip } from '../../src/images/thumbnail-strip.ts'
import { renderCharts } from '../../src/workers/charts/render.ts'

const noise = (side: number) => {
  const gaussian = { type: 'gaussian', mean: 128, sigma: 80 } as const
  return sharp({ create: { width: side, height: side, channels: 3, background: '#777', noise: gaussian } })
}

async function assertSmall(bytes: Uint8Array): Promise<void> {
  assert.equal((await sharp(bytes).metadata()).format, 'webp')
  assert.ok(bytes.length <= MAX_PICTURE_BYTES, `${bytes.length} bytes`)
}

test('noise, which nothing compresses, gets smaller until it fits; what fits keeps its size', async () => {
  const large = await smallWebp(await noise(1_500).png().toBuffer())
  await assertSmall(large)
  assert.ok((await sharp(large).metadata()).width < 1_500)
  const flat = await smallWebp(
    await sharp({ create: { width: 1_500, height: 800, channels: 3, background: '#123456' } })
      .png()
      .toBuffer(),
  )
  await assertSmall(flat)
  assert.equal((await sharp(flat).metadata()).width, 1_500)
})

test('a limit that no quality meets ends at one pixel', async () => {
  const tiny = await smallWebp(await noise(200).png().toBuffer(), 10)
  assert.equal((await sharp(tiny).metadata()).width, 1)
})

test('the strip of added pictures, galleries and charts are as small', async () => {
  const copy = await noise(512).jpeg().toBuffer()
  const strip = await thumbnailStrip(Array.from({ length: 10 }, () => copy))
  await assertSmall(strip)
  // Between two pictures the card is seen.
  assert.ok((await sharp(strip).metadata()).hasAlpha)
  const gallery = Array.from({ length: 8 }, (_, i) => ({ copy, caption: `label ${i}`, note: '#1' }))
  const drawn = await renderCharts({ gallery, format: 'webp' })
  const labels = Array.from({ length: 50 }, (_, i) => ({ label: `label ${i}`, examples: i }))
  const stats = { labels, confusion: null, versions: [], learning: null }
  const words = { examples: 'a', confusion: 'b', accuracy: 'c', learning: 'd' }
  drawn.push(...(await renderCharts({ stats, words, format: 'webp' })))
  assert.deepEqual(
    drawn.map((image) => image.name),
    ['nearest.webp', 'examples.webp'],
  )
  for (const { bytes } of drawn) await assertSmall(bytes)
})

test('of the charts that there are, only those are drawn that are asked for', async () => {
  const counts = [
    [3, 1],
    [0, 4],
  ]
  const stats = {
    labels: [{ label: 'cat', examples: 4 }],
    confusion: { labels: ['cat', 'dog'], counts },
    versions: [],
    learning: null,
  }
  const words = { examples: 'a', confusion: 'b', accuracy: 'c', learning: 'd' }
  const drawn = await renderCharts({ stats, words, only: ['confusion', 'accuracy'], format: 'webp' })
  assert.deepEqual(
    drawn.map((image) => image.name),
    ['confusion.webp'],
  )
})
