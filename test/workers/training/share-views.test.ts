// What the threads of a training share instead of copying it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TrainingJob } from '../../../src/workers/training/messages.ts'
import { shareViews } from '../../../src/workers/training/share-views.ts'

test('views keep their values and rows, in one shared memory', () => {
  const views = [
    { row: 0, views: [Float32Array.of(1, 2), Float32Array.of(3, 4)] },
    { row: 5, views: [Float32Array.of(5, 6)] },
  ]
  const job = { embeddings: [{ views }] } as TrainingJob
  const shared = shareViews(job)
  assert.deepEqual(
    shared.embeddings[0]?.views.map(({ row, views }) => [row, views.map((v) => [...v])]),
    [
      [
        0,
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [5, [[5, 6]]],
    ],
  )
  const memories = new Set(shared.embeddings.flatMap((e) => e.views).flatMap(({ views }) => views.map((v) => v.buffer)))
  assert.equal(memories.size, 1)
  assert.ok([...memories][0] instanceof SharedArrayBuffer)
})
