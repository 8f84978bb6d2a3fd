import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomView } from '../../src/images/views.ts'

const SIZE = { width: 32, height: 32 }

/** A gradient with a dark corner: no view of it looks like another. */
function picture(seed: number, width = 60, height = 40) {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([(x * 4 + seed) & 255, y * 6, x < 15 && y < 15 ? 0 : 200], (y * width + x) * 3)
  return { data, width, height }
}

test('a view is the same each time, and another one for another number or picture', () => {
  const once = randomView(picture(1), SIZE, 1)
  assert.deepEqual(randomView(picture(1), SIZE, 1), once)
  assert.notDeepEqual(randomView(picture(1), SIZE, 2), once)
  assert.notDeepEqual(randomView(picture(9), SIZE, 1), once)
})

test('a view fills the size asked for, whatever the picture’s, and stays within its colours', () => {
  for (const [width, height] of [
    [1, 1],
    [1, 200],
    [500, 3],
  ] as const) {
    const grey = { data: new Uint8Array(width * height * 3).fill(120), width, height }
    for (let index = 1; index <= 6; index++) {
      const view = randomView(grey, SIZE, index)
      assert.equal(view.length, 32 * 32 * 3)
      // Grey stays grey however saturated, at most a quarter lighter or darker; white is around the picture.
      for (const v of view) assert.ok(v === 255 || (v >= 89 && v <= 151), `${v}`)
    }
  }
})
