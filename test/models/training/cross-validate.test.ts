import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trainClassifier } from '../../../models/train.ts'
import type { ShareFolds } from '../../../models/training/cross-validate.ts'
import { validateFolds } from '../../../models/training/folds.ts'
import type { TrainingOptions } from '../../../models/training/plan.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

const OPTIONS: TrainingOptions = { heads: ['linear', 'boosting'], seed: 4 }

for (const folds of [[0], [1, 3], [4, 2, 0], [0, 1, 2, 3, 4]])
  test(`folds ${folds.join(', ')} validated elsewhere: the same classifier and figures, to the bit`, () => {
    // Some wrong labels, so that something is left out.
    const { set } = makeVectors([20, 20, 20, 20], { noise: 0.8 })
    for (const r of [3, 25, 47]) set.y[r] = (set.y[r]! + 1) % 4
    const shareFolds: ShareFolds = (issues, backbone) => {
      const results = validateFolds(set, OPTIONS, { issues: structuredClone(issues), backbone, folds })
      return { folds, wait: () => results }
    }
    const alone = trainClassifier(set, OPTIONS)
    const shared = trainClassifier(set, OPTIONS, shareFolds)
    assert.equal(JSON.stringify(shared.classifier), JSON.stringify(alone.classifier))
    assert.deepEqual(shared.measurement, alone.measurement)
    assert.deepEqual(shared.issues, alone.issues)
    assert.ok(alone.issues.suspicions.leftOut.some(Boolean))
  })

test('progress rises from 0 to 1', () => {
  const shares: number[] = []
  const { set } = makeVectors([6, 6])
  trainClassifier(set, { heads: ['means'], onProgress: (share) => shares.push(share) })
  assert.deepEqual([shares[0], shares.at(-1)], [0, 1])
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  )
})
