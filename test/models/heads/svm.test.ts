import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClassMeansHead } from '../../../models/heads/class-means.ts'
import { SvmHead } from '../../../models/heads/svm.ts'
import { allRows, makeRows, packRows } from '../../../models/numbers/rows.ts'
import { upperTriangleOf } from '../../../models/numbers/triangle.ts'
import { priorCovariance } from '../../../models/whitening/covariance.ts'
import { Whitening } from '../../../models/whitening/whitening.ts'
import { accuracyOf, makeScores } from '../../support/made-up-scores.ts'

const [N, CLASSES, D] = [300, 4, 24]
const { random, noise, truth } = makeScores(N, CLASSES)

test('an SVM of rows that are only centred gives whitened ones the margins that it would give those', () => {
  const centres = Array.from({ length: CLASSES }, () => Float32Array.from({ length: D }, () => random() * 2))
  const x = packRows(Array.from(truth, (c) => centres[c]!.map((v) => Math.max(0, v + noise()))))
  const all = [...truth.keys()]
  const z = makeRows(N, D)
  const moment = new Float32Array(x.columns ** 2).map((_, i) => (i % (x.columns + 1) === 0 ? 1 + (i % 7) : 0.2))
  const prior = priorCovariance(upperTriangleOf({ data: moment, rows: x.columns, columns: x.columns }))
  const whitening = Whitening.fit({ x, inside: all, covariances: [prior], z })
  const input = { z, y: truth, classes: CLASSES, weights: new Float32Array(N).fill(1), seed: 1 }
  const means = ClassMeansHead.fit(input).decisionScores(allRows(z))
  const plain = SvmHead.fitUnwhitened(input, whitening.unwhiten(x, all, z))
  // `z` now has the plain rows, at mean square norm 1.
  const direct = SvmHead.fit({ ...input, z }).decisionScores(allRows(z))
  const through = plain.decisionScores(whitening.apply(allRows(x)))
  for (let i = 0; i < direct.data.length; i++)
    assert.ok(Math.abs(direct.data[i]! - through.data[i]!) < 2e-3, `${direct.data[i]} ${through.data[i]}`)
  assert.ok(accuracyOf(means, truth) > 0.5)
})
