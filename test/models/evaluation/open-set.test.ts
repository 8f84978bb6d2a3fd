import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundFarPictures, fitOpenSetCurve, openSetLogOdds } from '../../../models/evaluation/open-set.ts'
import {
  evidenceOf,
  evidenceWithoutOwnClass,
  type OpenSetEvidence,
} from '../../../models/evaluation/open-set-evidence.ts'
import { centreWeights, openSetPoints } from '../../../models/evaluation/open-set-points.ts'
import { OpenSetView } from '../../../models/evaluation/open-set-view.ts'
import { ClassMeansHead } from '../../../models/heads/class-means.ts'
import { type Matrix, stackRows } from '../../../models/numbers/matrix.ts'
import { classMeans, takeRows } from '../../../models/numbers/rows.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'
import { packMatrix } from '../../support/pack-matrix.ts'

test('evidence is the largest cosine, and its lead over the next', () => {
  const background = Float32Array.of(0.25, 0.5)
  assert.deepEqual(evidenceOf(Float32Array.of(0.125, 0.75, 0.5), background), {
    label: 1,
    nearness: 0.75,
    gap: 0.25,
    fromBackground: 0.5,
  })
  assert.deepEqual(evidenceOf(Float32Array.of(-1, -0.5, -0.75), null), {
    label: 1,
    nearness: -0.5,
    gap: 0.25,
    fromBackground: null,
  })
  assert.deepEqual(evidenceOf(Float32Array.of(0.5), null), { label: 0, nearness: 0.5, gap: 1, fromBackground: null })
})

/** All examples of made-up labels but every sixth, and those. */
function splitVectors(counts: number[]) {
  const { set } = makeVectors(counts)
  const train = [...set.y.keys()].filter((r) => r % 6 !== 0)
  const tested = [...set.y.keys()].filter((r) => r % 6 === 0)
  const own = Uint32Array.from(tested, (r) => set.y[r]!)
  const classesOf = (rows: number[]): number[] => [...new Set(rows.map((r) => set.y[r]!))]
  /** What was trained on, of some rows. */
  const learn = (rows: number[], z: Matrix) => {
    const classes = classesOf(rows)
    const y = Uint32Array.from(rows, (r) => classes.indexOf(set.y[r]!))
    return { z: packMatrix(z), y, classes: classes.length, weights: new Float32Array(rows.length).fill(1) }
  }
  return { set, train, tested, own, learn, classesOf }
}

/** Sixteen bits hold a value to about a thousandth. */
function assertAlike(found: OpenSetEvidence, expected: OpenSetEvidence, classes: number[]): void {
  assert.equal(found.label, classes[expected.label])
  assert.ok(Math.abs(found.nearness - expected.nearness) < 2e-3, `${found.nearness} ${expected.nearness}`)
  assert.ok(Math.abs(found.gap - expected.gap) < 4e-3)
  assert.ok(Math.abs((found.fromBackground ?? -9) - (expected.fromBackground ?? -9)) < 2e-3)
}

test('evidence without the own class is what a training without that class gives', () => {
  const { set, train, tested, own, learn, classesOf } = splitVectors([6, 6, 6, 6])
  // Centred on all that is trained on, as whitening does.
  const centre = (rows: number[], of: number[]) => {
    const { means } = classMeans(set.features, new Uint32Array(24), 1, { only: of })
    return takeRows(set.features, rows, means.data)
  }
  const points = openSetPoints(learn(train, centre(train, train)), null)
  const found = evidenceWithoutOwnClass(points)(centre(tested, train), own)
  for (const [i, r] of tested.entries()) {
    const others = train.filter((t) => set.y[t] !== set.y[r])
    const head = ClassMeansHead.fit(learn(others, centre(others, others)))
    const expected = evidenceOf(head.decisionScores(centre([r], others)).data, null)
    assertAlike(found[i]!, expected, classesOf(others))
  }
})

for (const counts of [
  [6, 6, 6, 6],
  [6, 6, 6],
  [6, 6],
])
  test(`the same with a background, of ${counts.length} labels`, () => {
    const { set, train, tested, own, learn, classesOf } = splitVectors(counts)
    const background = takeRows(makeVectors([1], { seed: 9 }).set.features, [0])
    const points = openSetPoints(learn(train, takeRows(set.features, train)), background)
    const found = evidenceWithoutOwnClass(points)(takeRows(set.features, tested), own)
    assert.equal(found.length, tested.length)
    for (const [i, r] of tested.entries()) {
      const others = train.filter((t) => set.y[t] !== set.y[r])
      const trained = learn(others, takeRows(set.features, others))
      // What a class is shrunk by was learned with all of them.
      const alone = { ...openSetPoints(trained, background), within: points.within }
      const view = OpenSetView.fit(alone, ClassMeansHead.fit(trained).unitMeans)
      assertAlike(found[i]!, view.evidence(takeRows(set.features, [r]))[0]!, classesOf(others))
    }
  })

test('without a background, of two labels nothing can be said without one of them', () => {
  const { set, train, own, learn } = splitVectors([6, 6])
  const points = openSetPoints(learn(train, takeRows(set.features, train)), null)
  assert.deepEqual(evidenceWithoutOwnClass(points)(takeRows(set.features, train), own), [])
})

test('labels of all kinds are seen from the background, labels of one kind from among themselves', () => {
  const share = (x: number, y: number): number => {
    // Two labels far apart or close together, the background at the origin.
    const rows = [
      [x, y],
      [x, y],
      [x, -y],
      [x, -y],
    ].map(([a, b]) => Float32Array.of(a!, b!, 0, 0, 0, 0, 0, 0))
    const z = packMatrix(
      stackRows(
        rows.map((data) => ({ data, rows: 1, columns: 8 })),
        8,
      ),
    )
    const trained = { z, y: Uint32Array.of(0, 0, 1, 1), classes: 2, weights: new Float32Array(4).fill(1) }
    return centreWeights(openSetPoints(trained, { data: new Float32Array(8), rows: 1, columns: 8 }))[2]!
  }
  assert.ok(share(0.1, 1) > 0.6, `${share(0.1, 1)}`)
  assert.ok(share(1, 0.1) < 0.01, `${share(1, 0.1)}`)
})

test('the score tells what is near from what is far, and rises with nearness and lead', () => {
  const spread = (middle: number) =>
    Array.from({ length: 20 }, (_, i) => ({
      label: 0,
      nearness: middle + i / 100,
      gap: 0.1 + i / 200,
      fromBackground: null,
    }))
  const curve = fitOpenSetCurve(spread(0.6), spread(0.1))
  assert.ok(openSetLogOdds(curve, { label: 0, nearness: 0.7, gap: 0.2, fromBackground: null }) > 2)
  assert.ok(openSetLogOdds(curve, { label: 0, nearness: 0.1, gap: 0.1, fromBackground: null }) < -2)
  const at = (nearness: number, gap: number): number =>
    openSetLogOdds(curve, { label: 0, nearness, gap, fromBackground: null })
  assert.ok(at(0.5, 0.1) > at(0.4, 0.1) && at(0.4, 0.2) > at(0.4, 0.1))
})

test('too few pictures, or ones that look the same: the default curve', () => {
  const same = Array.from({ length: 30 }, (_, i) => ({ label: 0, nearness: i / 30, gap: 0.1, fromBackground: null }))
  const fallback = fitOpenSetCurve([], [])
  assert.deepEqual(fitOpenSetCurve(same.slice(0, 3), same), fallback)
  // Of known pictures alone it is learned where they begin.
  for (const unknown of [[], same]) {
    const moved = fitOpenSetCurve(same, unknown)
    assert.deepEqual({ ...moved, bias: 0 }, { ...fallback, bias: 0 })
    assert.ok(same.filter((evidence) => openSetLogOdds(moved, evidence) < 0).length <= 2)
    assert.ok(openSetLogOdds(moved, { ...same[0]!, nearness: -0.2 }) < 0)
  }
})

test('what is further from every label than known pictures are is held back, however near it lies among them', () => {
  const seen = (nearness: number, fromBackground: number) => ({ label: 0, nearness, gap: 0.2, fromBackground })
  const known = Array.from({ length: 20 }, (_, i) => seen(0.6, 0.7 + i / 100))
  const curve = { bias: -2, nearness: 9, gap: 3 }
  const bounded = boundFarPictures(curve, known, -2)
  for (const { nearness, fromBackground } of known)
    assert.equal(
      openSetLogOdds(bounded, seen(nearness, fromBackground)),
      openSetLogOdds(curve, seen(nearness, fromBackground)),
    )
  assert.ok(openSetLogOdds(bounded, seen(0.6, 0.1)) < -4.5)
  assert.equal(boundFarPictures(curve, known.slice(0, 4), -2), curve)
})
