// A catch-all label of many pictures beside labels of three.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advise } from '../../../models/evaluation/advice.ts'
import { packRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'
import { trainClassifier } from '../../../models/train.ts'

const [LARGE, SMALL, COLUMNS, KINDS] = [540, 3, 32, 30]
const LABELS = ['other', 'cat', 'dog', 'fox']

/** Many kinds of things are `other`; the small labels are one kind each, about as far from all of these. */
function catchAll() {
  const random = seededRandom(1)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const point = (around: (j: number) => number, spread: number): Float32Array =>
    Float32Array.from({ length: COLUMNS }, (_, j) => around(j) + spread * normal())
  const origin = point(() => 3, 1)
  const kinds = Array.from({ length: KINDS + LABELS.length - 1 }, () => point((j) => origin[j]!, 0.5))
  const draw = (c: number): Float32Array => {
    const kind = kinds[c === 0 ? Math.floor(random() * KINDS) : KINDS + c - 1]!
    return point((j) => kind[j]!, 1)
  }
  const y = Uint32Array.from({ length: LARGE + 3 * SMALL }, (_, r) =>
    r < LARGE ? 0 : 1 + Math.floor((r - LARGE) / SMALL),
  )
  const features = [...y].map(draw)
  const rows = { features: packRows(features), queryFeatures: packRows(features) }
  return { ...rows, y, labels: LABELS, views: [], hashes: [], prior: null }
}

test('a head that answers with the large label alone is not chosen, though it is right about more pictures', () => {
  const set = catchAll()
  const [linear, boosting] = (['linear', 'boosting'] as const).map(
    (head) => trainClassifier(set, { heads: [head] }).measurement,
  )
  assert.ok(boosting!.accuracy! > linear!.accuracy! + 0.02)
  assert.ok(boosting!.balancedAccuracy! < linear!.balancedAccuracy!)
  const { head, measurement } = trainClassifier(set, { heads: ['linear', 'boosting'] })
  assert.equal(head, 'linear')
  assert.equal(measurement.balancedAccuracy, linear!.balancedAccuracy)
})

test('labels that are never recognized are told at once, with what they are taken for', () => {
  const { measurement } = trainClassifier(catchAll(), { heads: ['boosting'] })
  const { neverRecognized } = advise(measurement, LABELS)
  assert.deepEqual(
    neverRecognized,
    ['cat', 'dog', 'fox'].map((label) => ({ label, examples: SMALL, takenFor: 'other' })),
  )
})
