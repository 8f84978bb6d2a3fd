import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dotProducts, dotProductsOfRows } from '../../../models/kernels/dot-products.ts'
import { unitRows } from '../../../models/numbers/matrix.ts'
import { assertClose, randomMatrix } from '../../support/matrices.ts'
import { packMatrix } from '../../support/pack-matrix.ts'

const w = randomMatrix(5, 16)

test('many rows give what few give, which take the plain kernels', () => {
  const x = randomMatrix(60, 16)
  const all = dotProducts(x, w)
  for (let r = 0; r < x.rows; r += 4) {
    const some = { data: x.data.slice(r * 16, (r + 4) * 16), rows: 4, columns: 16 }
    assertClose(dotProducts(some, w), { data: all.data.slice(r * 5, (r + 4) * 5), rows: 4, columns: 5 }, 1e-5)
  }
})

test('as if rows had length 1, rows of zeros aside', () => {
  const x = randomMatrix(20, 16)
  x.data.fill(0, 16, 32)
  const unit = dotProducts(x, w, true)
  assertClose(unit, dotProducts(unitRows(x), w), 1e-5)
  assert.ok(unit.data.subarray(5, 10).every((v) => v === 0))
})

test('rows in 16 bits give nearly what floats give', () => {
  const x = randomMatrix(300, 16)
  assertClose(dotProductsOfRows(packMatrix(x), w), dotProducts(x, w), 1e-3)
})
