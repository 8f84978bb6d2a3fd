// What a press, Ctrl and Shift select, in the gallery as in a pile, and what stays selected where pictures go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSelection } from '../../../src/web/pages/lib/selection.ts'

function open(ids: number[]) {
  const shown = { ids }
  const selection = openSelection(() => shown.ids)
  const chosen = (): number[] => [...selection.selected.value]
  return { ...selection, shown, chosen }
}

test('a press selects one alone, and with Ctrl adds it or takes it away', () => {
  const { pick, chosen } = open([10, 20, 30])
  pick(20, { from: 10 })
  pick(10, { from: 20, toggle: true })
  assert.deepEqual(chosen(), [20, 10])
  pick(20, { from: 10, toggle: true })
  assert.deepEqual(chosen(), [10])
  pick(30, { from: 10 })
  assert.deepEqual(chosen(), [30])
})

test('Shift selects from where the range began, in both directions', () => {
  const { pick, moveTo, chosen } = open([10, 20, 30, 40, 50])
  pick(30, { from: 10 })
  pick(50, { from: 30, extend: true })
  assert.deepEqual(chosen(), [30, 40, 50])
  moveTo(10, { from: 50, extend: true })
  assert.deepEqual(chosen(), [10, 20, 30])
})

test('where nothing was pressed, a range begins at the one that was reached', () => {
  const { moveTo, pick, chosen } = open([10, 20, 30, 40])
  moveTo(20, { from: 10, extend: true })
  assert.deepEqual(chosen(), [10, 20])
  moveTo(30, { from: 20 })
  assert.deepEqual(chosen(), [10, 20])
  pick(40, { from: 30, extend: true })
  assert.deepEqual(chosen(), [30, 40])
})

test('what is gone is no longer selected, and no range begins there', () => {
  const { pick, keepOnly, shown, chosen } = open([10, 20, 30, 40])
  pick(10, { from: 10 })
  pick(20, { from: 10, extend: true })
  shown.ids = [20, 30, 40]
  keepOnly(shown.ids)
  assert.deepEqual(chosen(), [20])
  pick(40, { from: 30, extend: true })
  assert.deepEqual(chosen(), [30, 40])
})

test('all are selected, and none', () => {
  const { selectAll, clear, chosen } = open([10, 20, 30])
  selectAll()
  assert.deepEqual(chosen(), [10, 20, 30])
  clear()
  assert.deepEqual(chosen(), [])
})
