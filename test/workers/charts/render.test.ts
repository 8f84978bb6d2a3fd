// Charts are drawn in one thread, however many are asked for.
import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { renderCharts } from '../../../src/workers/charts/render.ts'
import { noisy } from '../../support/bad-pictures.ts'

let threads = 0
subscribe('worker_threads', () => threads++)

test('many at once share a thread; one that cannot be drawn harms none of the others', async () => {
  const copy = await noisy(1).jpeg().toBuffer()
  const draw = (bytes: Uint8Array) => renderCharts({ gallery: [{ copy: bytes, caption: 'cat', note: '#1' }] })
  const drawn = await Promise.all([1, 2, 3].map(() => draw(copy)))
  assert.deepEqual(
    drawn.map((images) => images.length),
    [1, 1, 1],
  )
  assert.equal(threads, 1)
  const [broken, next] = await Promise.allSettled([draw(Buffer.from('no picture')), draw(copy)])
  assert.deepEqual([broken?.status, next?.status], ['rejected', 'fulfilled'])
  assert.equal(threads, 2)
})
