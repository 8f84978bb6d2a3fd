// Which backbone is chosen by what was measured. The measuring itself: test/cli/model/backbone-auto.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import type { MeasuredBackbones } from '../../../src/services/backbones/benchmark.ts'
import { chooseMeasured } from '../../../src/services/backbones/choose.ts'

/** @param names joined by a plus sign @param right of 40 pictures, the first ones @param milliseconds of a picture */
function measured(names: string, right: number, milliseconds: number): MeasuredBackbones {
  const backbones = names.split('+').map((name) => ({ ...EMBEDDED, id: name === 'embedded' ? EMBEDDED.id : name }))
  const accuracy = right / 40
  const backbone = backbones.map(({ id }) => id).join('+')
  const benchmark = { backbone, accuracy, accuracyInterval: null, head: 'linear', features: 8, milliseconds }
  return { backbones, benchmark, hits: new Int8Array(40).fill(1, 0, right) }
}
const idsOf = ({ chosen }: ReturnType<typeof chooseMeasured>): string => chosen.benchmark.backbone

test('the embedded one stays where others are ahead by four pictures, which chance does once in sixteen', () => {
  const choice = chooseMeasured(
    [measured('fast', 34, 5), measured('embedded', 30, 15), measured('embedded+fast', 34, 20)],
    [],
  )
  assert.equal(idsOf(choice), EMBEDDED.id)
  assert.deepEqual(choice.because, { reason: 'simplest' })
})

test('one that is ahead by five pictures without losing any is chosen, and both only if that is better still', () => {
  const alone = [measured('embedded', 30, 15), measured('photos', 35, 13)]
  const choice = chooseMeasured([...alone, measured('embedded+photos', 37, 20)], [])
  assert.equal(idsOf(choice), 'photos')
  assert.deepEqual(choice.because, { reason: 'better', than: EMBEDDED.id, wins: 5, losses: 0 })
  const both = chooseMeasured([...alone, measured('embedded+photos', 40, 20)], [])
  assert.equal(idsOf(both), `${EMBEDDED.id}+photos`)
  assert.deepEqual(both.because, { reason: 'better', than: 'photos', wins: 5, losses: 0 })
})

test('of added ones, the faster is the simpler', () => {
  const choice = chooseMeasured([measured('slow', 31, 90), measured('fast', 30, 5)], [])
  assert.equal(idsOf(choice), 'fast')
})

test('nothing measured: the simplest; nothing fast enough: an error that says how fast the fastest is', () => {
  const unmeasured = (names: string) => ({ ...measured(names, 0, 9), hits: new Int8Array(40).fill(-1) })
  const choice = chooseMeasured([unmeasured('photos'), unmeasured('embedded')], [])
  assert.deepEqual([idsOf(choice), choice.because], [EMBEDDED.id, { reason: 'unmeasured' }])
  assert.throws(
    () =>
      chooseMeasured(
        [],
        [
          { backbone: 'a', milliseconds: 31.25 },
          { backbone: 'b', milliseconds: 20.5 },
        ],
      ),
    {
      code: 'backbone.over-budget',
      message: /20\.5 ms/,
    },
  )
})
