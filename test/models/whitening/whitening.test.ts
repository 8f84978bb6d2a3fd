import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { plainKernels } from '../../../models/kernels/plain.ts'
import { normalize } from '../../../models/numbers/features.ts'
import type { Matrix } from '../../../models/numbers/matrix.ts'
import { allRows, indicesOf, makeRows, packRows } from '../../../models/numbers/rows.ts'
import { upperTriangleOf } from '../../../models/numbers/triangle.ts'
import { GraphBuilder } from '../../../models/onnx/graph-builder.ts'
import { ELEMENT_TYPE, type OnnxModel } from '../../../models/onnx/model.ts'
import { valueInfo } from '../../../models/onnx/nodes.ts'
import { encodeModel } from '../../../models/onnx/protobuf.ts'
import { seededRandom } from '../../../models/random.ts'
import type { Covariance } from '../../../models/whitening/covariance.ts'
import { Whitening } from '../../../models/whitening/whitening.ts'
import { WithinClassCovariance } from '../../../models/whitening/within-class.ts'
import { gaussian } from '../../support/gaussian.ts'

const [N, D, CLASSES] = [600, 12, 4]

/** Pictures of some labels, which differ in some features far more than in others. */
function makeFeatures() {
  const random = seededRandom(4)
  const gauss = gaussian(random)
  const y = Uint32Array.from({ length: N }, (_, i) => i % CLASSES)
  const centres = Array.from({ length: CLASSES }, () => Float32Array.from({ length: D }, () => 10 + 3 * gauss()))
  const vectors = Array.from(y, (c) =>
    centres[c]!.map((v, i) => Math.max(0, v + (i % 3 === 0 ? 2 : 0.4) * gauss() + (i % 4 === 0 ? gauss() : 0))),
  )
  return { y, vectors, x: packRows(vectors) }
}
const { y, vectors, x } = makeFeatures()

function covariances(): Covariance[] {
  const none = new Uint8Array(N)
  const options = { x, y, classes: CLASSES, folds: none, leftOut: none, unreliable: none, views: [], wanted: [] }
  return new WithinClassCovariance(options).without(null)
}

function fit(saved = true) {
  const z = makeRows(N, D)
  const whitening = Whitening.fit({ x, inside: indicesOf(x), covariances: covariances(), z, saved })
  return { whitening, z }
}

/** Covariance of rows around the mean of their class, at mean 1 on the diagonal of what is not padding. */
function withinClassCovariance({ data, columns }: Matrix): number[][] {
  const rows = Array.from({ length: N }, (_, r) => Array.from(data.subarray(r * columns, r * columns + D)))
  const means = Array.from({ length: CLASSES }, (_, c) => {
    const own = rows.filter((_, r) => y[r] === c)
    return Array.from({ length: D }, (_, i) => own.reduce((sum, row) => sum + row[i]!, 0) / own.length)
  })
  const centred = rows.map((row, r) => row.map((v, i) => v - means[y[r]!]![i]!))
  const sums = Array.from({ length: D }, (_, i) =>
    Array.from({ length: D }, (_, j) => centred.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  )
  const scale = sums.reduce((sum, row, i) => sum + row[i]!, 0) / D
  return sums.map((row) => row.map((v) => v / scale))
}

const farFromIdentity = (covariance: number[][]): number =>
  Math.max(...covariance.flatMap((row, i) => row.map((v, j) => Math.abs(v - Number(i === j)))))

test('within labels, whitened rows differ as much in every direction', () => {
  assert.ok(farFromIdentity(withinClassCovariance(allRows(x))) > 1)
  // The identity that is mixed in keeps directions of little variance somewhat smaller.
  assert.ok(farFromIdentity(withinClassCovariance(allRows(fit().z))) < 0.3)
})

test('whitened rows have mean square norm 1 and mean 0', () => {
  const { data, columns } = allRows(fit().z)
  const square = data.reduce((sum, v) => sum + v * v, 0) / N
  assert.ok(Math.abs(square - 1) < 1e-3, `${square}`)
  for (let i = 0; i < columns; i++) {
    let sum = 0
    for (let r = 0; r < N; r++) sum += data[r * columns + i]!
    assert.ok(Math.abs(sum / N) < 1e-3)
  }
})

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void => {
  assert.equal(a.length, b.length)
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) < tolerance, `${i}: ${a[i]} ${b[i]}`)
}

test('apply gives new pictures what the fitted rows have', () => {
  const { whitening, z } = fit()
  close(whitening.apply(allRows(x)).data, allRows(z).data, 1e-4)
})

test('saved and read again it is the same to the bit', () => {
  const { whitening } = fit()
  const read = Whitening.fromJSON(JSON.parse(JSON.stringify(whitening.toJSON())))
  const queries = normalize(vectors.slice(0, 20))
  assert.deepEqual(read.apply(queries), whitening.apply(queries))
})

test('as an ONNX graph it gives what apply gives', async () => {
  const { whitening } = fit()
  const queries = normalize(vectors.slice(0, 20))
  const model: OnnxModel = {
    irVersion: 8,
    producerName: 'test',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'whitening',
      node: [],
      initializer: [],
      input: [valueInfo('x', ELEMENT_TYPE.float32, ['N', D])],
      output: [],
    },
  }
  const output = whitening.toOnnx(new GraphBuilder(model), 'x', D)
  model.graph.output.push(valueInfo(output, ELEMENT_TYPE.float32, ['N', queries.columns]))
  const unpadded = new Float32Array(20 * D)
  for (let r = 0; r < 20; r++) unpadded.set(queries.data.subarray(r * queries.columns, r * queries.columns + D), r * D)
  const session = await InferenceSession.create(encodeModel(model))
  const results = await session.run({ x: new Tensor('float32', unpadded, [20, D]) })
  close(results[output]!.data as Float32Array, whitening.apply(queries).data, 1e-5)
})

test('weights on rows that are only centred give whitened rows the same products', () => {
  const { whitening, z } = fit()
  const whitened = allRows(z)
  const { rows, rebase } = whitening.unwhiten(x, indicesOf(x), z)
  const weights = {
    data: Float32Array.from({ length: 2 * x.columns }, (_, i) => Math.sin(i)),
    rows: 2,
    columns: x.columns,
  }
  const direct = plainKernels.product(allRows(rows), weights)
  close(plainKernels.product(whitened, rebase(weights)).data, direct.data, 2e-3)
})

test('where nothing is known of how pictures differ, rows are only centred and scaled', () => {
  const z = makeRows(N, D)
  const zero = upperTriangleOf({ data: new Float32Array(x.columns ** 2), rows: x.columns, columns: x.columns })
  const covariances = [{ terms: [{ moment: zero, factor: 1 }], degrees: 100 }]
  const whitening = Whitening.fit({ x, inside: indicesOf(x), covariances, z })
  const whitened = allRows(z)
  close(allRows(whitening.unwhiten(x, indicesOf(x), z).rows).data, whitened.data, 1e-4)
})
