import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CAUTION_NAMES,
  CAUTIONS,
  fitRefusals,
  fitUnknownBelow,
  type GradedAnswer,
  gradeOf,
} from '../../../models/evaluation/refusals.ts'
import { seededRandom } from '../../../models/random.ts'

/** About normal, mean -2, deviation 1: below what is never refused. */
function drawScores(n: number, seed = 4): number[] {
  const random = seededRandom(seed)
  const draw = (): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6
  return Array.from({ length: n }, () => -2 + draw())
}

for (const n of [10, 40, 4000])
  test(`of ${n} known pictures, new ones are refused as often as the caution allows`, () => {
    const fresh = drawScores(5000, 7)
    for (const caution of CAUTION_NAMES) {
      const shares = Array.from({ length: 30 }, (_, i) => {
        const below = fitUnknownBelow(drawScores(n, 100 + i))!
        return fresh.filter((v) => v < below[caution]).length / fresh.length
      })
      const mean = shares.reduce((a, b) => a + b) / shares.length
      assert.ok(mean < 1.8 * CAUTIONS[caution], `${caution} ${mean}`)
      assert.ok(mean > 0.3 * CAUTIONS[caution], `${caution} ${mean}`)
    }
  })

test('of too few pictures nothing is learned: little is refused, and nothing is sure', () => {
  assert.equal(fitUnknownBelow([1, 2, 3, 4]), null)
  const refusals = fitRefusals(null, [])
  assert.equal(gradeOf(refusals, { confidence: 1, known: 1 }), 'unsure')
  assert.equal(gradeOf(refusals, { confidence: 1, known: 0.01 }), 'unknown')
})

test('more caution refuses more; sure is what is right nearly always', () => {
  const random = seededRandom(3)
  // Of answers with a confidence of .8, 80 % are right, as calibration has it.
  const answers: GradedAnswer[] = Array.from({ length: 400 }, () => {
    const confidence = 0.3 + 0.7 * random()
    return { confidence, right: random() < confidence, known: 0.9 }
  })
  const refusals = fitRefusals({ low: -3, normal: -2, high: -1 }, answers)
  const { low, normal, high } = refusals.unknownBelow
  assert.ok(low < normal && normal < high)
  const at = (known: number, confidence: number, caution?: 'low' | 'high') =>
    gradeOf(refusals, { known, confidence }, caution)
  assert.equal(at(0.1, 1), 'unknown')
  assert.equal(at(0.1, 1, 'low'), 'unsure')
  assert.equal(at(0.2, 1), 'unsure')
  assert.equal(at(0.2, 1, 'high'), 'unknown')
  assert.equal(at(0.9, 1), 'sure')
  assert.equal(at(0.9, 0.5), 'unsure')
  const sure = answers.filter((a) => at(a.known, a.confidence) === 'sure')
  assert.ok(sure.filter((a) => a.right).length / sure.length >= 0.95)
  assert.ok(sure.length > 20)
})

test('no answers are sure where none are right often enough', () => {
  const wrong = Array.from({ length: 50 }, () => ({ confidence: 0.6, right: false, known: 0.9 }))
  assert.equal(fitRefusals({ low: -3, normal: -2, high: -1 }, wrong).sure, null)
})
