// Charts: labels in Japanese and emoji are drawn without any font of the machine.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { renderCharts } from '../../src/workers/charts/render.ts'

const words = { examples: 'a', confusion: 'b', accuracy: 'c', learning: 'd' }
const chart = async (label: string): Promise<Buffer> => {
  const stats = { labels: [{ label, examples: 3 }], confusion: null, versions: [], learning: null }
  const [image] = await renderCharts({ stats, words })
  return sharp(image!.bytes).removeAlpha().raw().toBuffer()
}
/** Pixels that differ between two pictures of one size. */
function differing(a: Buffer, b: Buffer): number {
  assert.equal(a.length, b.length)
  let count = 0
  for (let i = 0; i < a.length; i += 3) if (a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2]) count++
  return count
}
/** Pixels of colour: letters have none. */
function coloured(pixels: Buffer): number {
  let count = 0
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i]! - pixels[i + 2]! > 60) count++
  return count
}

test('letters that look different are drawn differently: none is the box of a missing one', async () => {
  const [a, b, c] = await Promise.all(['猫', '犬', 'あ'].map(chart))
  assert.ok(differing(a!, b!) > 50)
  assert.ok(differing(b!, c!) > 50)
})

test('emoji are drawn in colour, also joined ones', async () => {
  const [star, dog, letters] = await Promise.all(['⭐', '🐕‍🦺', 'star'].map(chart))
  assert.ok(coloured(star!) > 100)
  assert.ok(coloured(dog!) > 50)
  assert.equal(coloured(letters!), 0)
})

test('any label can be drawn: marks of the text engine, control of direction, very long, hundreds', async () => {
  const labels = ['{a|b}', '\u202eabc', 'x'.repeat(100), '👩‍👩‍👧'.repeat(20), '<svg>&amp;', '%s {value}']
  for (let i = 0; i < 200; i++) labels.push(`label ${i}`)
  const counts = labels.map((_, i) => labels.map((_, j) => (i === j ? 5 : (i * j) % 50 === 1 ? 1 : 0)))
  const stats = {
    labels: labels.map((label, i) => ({ label, examples: i + 1 })),
    confusion: { labels, counts },
    learning: { curve: Array.from({ length: 5 }, (_, i) => ({ examples: 1.5 * 2 ** i, accuracy: 0.5 + i / 20 })) },
    versions: Array.from({ length: 60 }, (_, i) => ({ version: i + 1, accuracy: i % 7 === 0 ? null : 0.5 + i / 200 })),
  }
  const images = await renderCharts({ stats, words })
  assert.deepEqual(
    images.map((p) => p.name),
    ['examples.png', 'confusion.png', 'learning.png', 'accuracy.png'],
  )
  for (const { bytes } of images) {
    const { width, height } = await sharp(bytes).metadata()
    assert.ok(width === 1080 && height <= 2400, `${width} x ${height}`)
  }
})
