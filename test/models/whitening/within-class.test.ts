import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allRows, packRows } from '../../../models/numbers/rows.ts'
import { addScaled, emptyTriangle, symmetricMatrix } from '../../../models/numbers/triangle.ts'
import { seededRandom } from '../../../models/random.ts'
import { type Covariance, viewCovariance } from '../../../models/whitening/covariance.ts'
import { WithinClassCovariance } from '../../../models/whitening/within-class.ts'

const [N, D, CLASSES, FOLDS] = [60, 8, 3, 5]
const random = seededRandom(2)
const vectors = Array.from({ length: N }, () => Float32Array.from({ length: D }, random))
const x = packRows(vectors)
const y = Uint32Array.from({ length: N }, (_, i) => i % CLASSES)
const folds = Uint8Array.from({ length: N }, (_, i) => Math.floor(i / CLASSES) % FOLDS)
const leftOut = Uint8Array.from({ length: N }, (_, i) => Number(i % 17 === 0))
const unreliable = Uint8Array.from({ length: N }, (_, i) => Number(i % 17 === 0 || i % 23 === 0))
const views = [1, 2, 3].map((row) => ({ row, views: [vectors[row]!, vectors[row + 20]!, vectors[row + 40]!] }))
const within = new WithinClassCovariance({
  x,
  y,
  classes: CLASSES,
  folds,
  leftOut,
  unreliable,
  views,
  wanted: Array.from({ length: FOLDS }, (_, f) => f),
})

function sumOf({ terms }: Covariance): Float32Array {
  const sum = emptyTriangle(D)
  for (const { moment, factor } of terms) addScaled(sum, moment, factor)
  return symmetricMatrix(sum).data
}

/** Sum over rows of the outer product of what they differ from the mean of their class, the slow way. */
function scatterOf(rows: number[]): Float64Array {
  const { data } = allRows(x)
  const scatter = new Float64Array(D * D)
  for (let c = 0; c < CLASSES; c++) {
    const own = rows.filter((r) => y[r] === c)
    const mean = Array.from({ length: D }, (_, i) => own.reduce((sum, r) => sum + data[r * D + i]!, 0) / own.length)
    for (const r of own)
      for (let i = 0; i < D; i++)
        for (let j = 0; j < D; j++) scatter[i * D + j]! += (data[r * D + i]! - mean[i]!) * (data[r * D + j]! - mean[j]!)
  }
  return scatter
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
  for (let i = 0; i < b.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) < 1e-4, `${i}: ${a[i]} ${b[i]}`)
}

test('without a fold it is the scatter within labels of the reliable rows of all others', () => {
  for (const fold of [0, 3, null]) {
    const rows = [...y.keys()].filter((r) => !unreliable[r] && folds[r] !== fold)
    const [labels] = within.without(fold)
    close(sumOf(labels!), scatterOf(rows))
    assert.equal(labels!.degrees, rows.length - CLASSES)
  }
})

test('views of pictures of the fold do not count', () => {
  const fold = folds[1]!
  const others = views.filter((v) => folds[v.row] !== fold)
  assert.ok(others.length < views.length)
  const ofViews = within.without(fold)[1]!
  close(sumOf(ofViews), symmetricMatrix(viewCovariance(others.map((v) => v.views))!).data)
})

test('rows are told apart by fold and by whether they are left out', () => {
  const inFold = within.rows((f) => f === 2)
  const excluded = within.leftOutOf(2)
  assert.deepEqual(
    [...inFold, ...excluded].sort((a, b) => a - b),
    [...y.keys()].filter((r) => folds[r] === 2),
  )
  assert.ok(excluded.every((r) => leftOut[r] === 1))
})
