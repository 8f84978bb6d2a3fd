import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { draw, TAUGHT } from '../../demo/characters.ts'
import { seededRandom } from '../../models/random.ts'
import { flatShare } from '../../src/images/flatness.ts'

test('a picture of one colour is flat, and one of noise is not', async () => {
  const create = { width: 64, height: 48, channels: 3, background: '#7a3' } as const
  const flat = await sharp({ create }).jpeg().toBuffer()
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const grain = await sharp({ create: { ...create, noise } })
    .jpeg({ quality: 90 })
    .toBuffer()
  assert.equal(await flatShare(flat), 1)
  assert.ok((await flatShare(grain)) < 0.1)
})

test('a drawing is flatter than a shaded surface with grain', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-flat-'))
  const drawing = await sharp(readFileSync(await draw(root, TAUGHT[0] ?? '', 0)))
    .flatten({ background: '#fff' })
    .jpeg({ quality: 90 })
    .toBuffer()
  const random = seededRandom(3)
  const shades = Uint8Array.from({ length: 200 * 200 }, (_, i) => (i % 200) + 16 * random())
  const shaded = await sharp(shades, { raw: { width: 200, height: 200, channels: 1 } })
    .jpeg({ quality: 90 })
    .toBuffer()
  assert.ok((await flatShare(drawing)) > 0.6)
  assert.ok((await flatShare(shaded)) < 0.45)
  rmSync(root, { recursive: true })
})
