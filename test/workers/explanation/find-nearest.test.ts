// Answers are explained one after the other, however many ask why, and not more than can be answered soon.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trainClassifier } from '../../../models/train.ts'
import { findNearest } from '../../../src/workers/explanation/find-nearest.ts'
import type { ExamplePage } from '../../../src/workers/explanation/nearest.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

const { set, draw } = makeVectors([6, 6])
const classifier = trainClassifier(set).classifier.toJSON()

let running = 0
let most = 0

/** One example; while it is read, an answer is being explained. */
async function* onePage(): AsyncGenerator<ExamplePage> {
  most = Math.max(most, ++running)
  const [plain, mirrored] = [draw(0), draw(0)]
  yield { examples: [{ example: 1, label: 'cat', file: 'cat.png' }], plain: [plain], mirrored: [mirrored] }
  running--
}

const explain = (group: string) =>
  findNearest({ group, classifier, queries: [{ features: draw(0), runnerUp: undefined }] }, onePage())

test('many who ask at once are answered one after the other, and too many of one are refused', async () => {
  const asked = await Promise.allSettled([...Array.from({ length: 60 }, () => explain('one')), explain('other')])
  assert.equal(most, 1)
  const refused = asked.filter((a) => a.status === 'rejected')
  assert.deepEqual([asked.length - refused.length, ...new Set(refused.map((r) => r.reason.code))], [52, 'busy.full'])
  assert.equal(asked.at(-1)?.status, 'fulfilled')
})
