import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitOpenSetCurve, openSetScore } from '../../../models/evaluation/open-set.ts'
import { evidenceWithoutOwnClass, openSetEvidence } from '../../../models/evaluation/open-set-evidence.ts'
import { ClassMeansHead } from '../../../models/heads/class-means.ts'
import { allRows, classMeans, takeRows } from '../../../models/numbers/rows.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'
import { packMatrix } from '../../support/pack-matrix.ts'

test('evidence is the largest cosine, and its lead over the next', () => {
  const cosines = { data: Float32Array.of(0.1, 0.75, 0.5, -1, -0.5, -0.75), rows: 2, columns: 3 }
  assert.deepEqual(openSetEvidence(cosines), [
    { nearness: 0.75, gap: 0.25 },
    { nearness: -0.5, gap: 0.25 },
  ])
})

test('evidence without the own class is what a training without that class gives', () => {
  const { set } = makeVectors([6, 6, 6, 6])
  const train = [...set.y.keys()].filter((r) => r % 6 !== 0)
  const tested = [...set.y.keys()].filter((r) => r % 6 === 0)
  // Centred on all that is trained on, as whitening does.
  const centre = (rows: number[], of: number[]) => {
    const { means } = classMeans(set.features, new Uint32Array(24), 1, { only: of })
    return takeRows(set.features, rows, means.data)
  }
  const y = Uint32Array.from(train, (r) => set.y[r]!)
  const own = Uint32Array.from(tested, (r) => set.y[r]!)
  const found = evidenceWithoutOwnClass(packMatrix(centre(train, train)), y, 4)(centre(tested, train), own)
  for (const [i, r] of tested.entries()) {
    const others = train.filter((t) => set.y[t] !== set.y[r])
    const classes = [...new Set(others.map((t) => set.y[t]!))]
    const head = ClassMeansHead.fit({
      z: packMatrix(centre(others, others)),
      y: Uint32Array.from(others, (t) => classes.indexOf(set.y[t]!)),
      classes: 3,
      weights: new Float32Array(others.length).fill(1),
    })
    const [expected] = openSetEvidence(head.decisionScores(centre([r], others)))
    assert.ok(Math.abs(found[i]!.nearness - expected!.nearness) < 2e-3, `${found[i]!.nearness} ${expected!.nearness}`)
    assert.ok(Math.abs(found[i]!.gap - expected!.gap) < 4e-3)
  }
})

test('of two labels nothing can be said without one of them', () => {
  const { set } = makeVectors([4, 4])
  assert.deepEqual(evidenceWithoutOwnClass(set.features, set.y, 2)(allRows(set.features), set.y), [])
})

test('the score tells what is near from what is far, and rises with nearness and lead', () => {
  const spread = (middle: number) =>
    Array.from({ length: 20 }, (_, i) => ({ nearness: middle + i / 100, gap: 0.1 + i / 200 }))
  const curve = fitOpenSetCurve(spread(0.6), spread(0.1))
  assert.ok(openSetScore(curve, { nearness: 0.7, gap: 0.2 }) > 0.9)
  assert.ok(openSetScore(curve, { nearness: 0.1, gap: 0.1 }) < 0.1)
  const at = (nearness: number, gap: number): number => openSetScore(curve, { nearness, gap })
  assert.ok(at(0.5, 0.1) > at(0.4, 0.1) && at(0.4, 0.2) > at(0.4, 0.1))
})

test('too few pictures, or ones that look the same: the default curve', () => {
  const same = Array.from({ length: 30 }, (_, i) => ({ nearness: i / 30, gap: 0.1 }))
  const fallback = fitOpenSetCurve([], [])
  assert.deepEqual(fitOpenSetCurve(same.slice(0, 4), same), fallback)
  assert.deepEqual(fitOpenSetCurve(same, same), fallback)
})
