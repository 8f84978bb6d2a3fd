import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitOneLabel } from '../../../models/evaluation/one-label.ts'
import { CAUTION_NAMES, CAUTIONS } from '../../../models/evaluation/refusals.ts'
import { seededRandom } from '../../../models/random.ts'

const random = seededRandom(11)
const drawNormal = (mean: number, deviation: number): number =>
  mean + deviation * (Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6)
const average = (values: number[]): number => values.reduce((a, b) => a + b) / values.length

/** Log odds of the pictures of labels of many kinds: each has its own mean, as drawings and photographs do. */
const drawLabels = (n: number): { known: number[]; fresh: number[] }[] =>
  Array.from({ length: 300 }, () => {
    const mean = drawNormal(5, 3.6)
    const draw = (count: number): number[] => Array.from({ length: count }, () => drawNormal(mean, 1.4))
    return { known: draw(n), fresh: draw(100) }
  })

for (const n of [2, 3, 5, 20])
  test(`of ${n} known pictures of one label, new ones are refused about as often as the caution allows`, () => {
    for (const caution of CAUTION_NAMES) {
      const refused = drawLabels(n).map(({ known, fresh }) => {
        const below = fitOneLabel(known).unknownBelow[caution]
        return fresh.filter((v) => v < below).length / fresh.length
      })
      assert.ok(average(refused) < 1.6 * CAUTIONS[caution], `${caution} ${average(refused)}`)
      assert.ok(average(refused) > 0.1 * CAUTIONS[caution], `${caution} ${average(refused)}`)
    }
  })

test('two alike pictures already tell what lies far from them', () => {
  const { unknownBelow } = fitOneLabel([8, 8])
  assert.ok(unknownBelow.low < unknownBelow.normal && unknownBelow.normal < unknownBelow.high)
  assert.ok(unknownBelow.normal > 2)
  assert.ok(unknownBelow.high < 8)
})

test('of a single picture only what lies far from every label is refused, and no answer is as sure as with more', () => {
  const [none, some] = [fitOneLabel([]), fitOneLabel([7, 8, 9, 8, 7, 9])]
  assert.ok(none.unknownBelow.normal < 0)
  assert.ok(none.slope < some.slope && some.slope <= 1)
})
