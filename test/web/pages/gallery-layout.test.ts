import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GAP, layOut, placeAfter, placesIn, rowsWithin, topOfRow } from '../../../src/web/pages/gallery/layout.ts'

const layout = layOut(23, { width: 5 * 100 + 4 * GAP, wanted: 100 })

test('cells fill the width, at most as large as wanted', () => {
  assert.deepEqual([layout.columns, layout.cell, layout.rows], [5, 100, 5])
  assert.equal(layout.height, 5 * 100 + 4 * GAP)
  const narrow = layOut(23, { width: 90, wanted: 100 })
  assert.equal(narrow.columns, 2)
  assert.deepEqual(layOut(0, { width: 500, wanted: 100 }).height, 0)
})

test('a grid is never higher than browsers can make it', () => {
  for (const count of [100_000, 1_000_000, 5_000_000])
    assert.ok(layOut(count, { width: 328, wanted: 320 }).height <= 16_000_000, `${count}`)
})

test('rows on the screen, before, within and after', () => {
  assert.deepEqual(rowsWithin(layout, { top: -500, bottom: -100 }), { from: 0, to: 0 })
  assert.deepEqual(rowsWithin(layout, { top: -50, bottom: 150 }), { from: 0, to: 2 })
  assert.deepEqual(rowsWithin(layout, { top: topOfRow(layout, 2), bottom: 9000 }), { from: 2, to: 5 })
})

test('a frame touches cells, and no gaps', () => {
  const frame = (left: number, top: number, right: number, bottom: number) => [
    ...placesIn(layout, { left, top, right, bottom }),
  ]
  assert.deepEqual(frame(10, 10, 20, 20), [0])
  assert.deepEqual(frame(150, 50, 250, 150), [1, 2, 6, 7])
  assert.deepEqual(frame(0, 430, 600, 600), [20, 21, 22])
})

test('keys lead from a place to another, and nowhere beyond the edges', () => {
  const go = (key: string, from: number) => placeAfter(key, from, { ...layout, page: 2 })
  assert.deepEqual([go('ArrowRight', 4), go('ArrowLeft', 5), go('ArrowDown', 4), go('ArrowUp', 9)], [5, 4, 9, 4])
  assert.deepEqual(
    [go('ArrowLeft', 0), go('ArrowRight', 22), go('ArrowUp', 3), go('ArrowDown', 22)],
    Array(4).fill(undefined),
  )
  // There is none below: the last one is the nearest.
  assert.equal(go('ArrowDown', 19), 22)
  assert.deepEqual([go('Home', 9), go('End', 9), go('PageDown', 9), go('PageUp', 9)], [0, 22, 19, 4])
  assert.equal(go('x', 3), undefined)
})
