// However many threads share a training, it is the training of one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/names.ts'
import { DEFAULT_HEADS } from '../../../models/heads/names.ts'
import { workerUrl } from '../../../src/worker-url.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { runTrainingJob } from '../../../src/workers/training/coordinator.ts'
import type { TrainingJob, TrainingMessage, TrainingResult } from '../../../src/workers/training/messages.ts'
import { D } from '../../support/made-up.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

/** The embedded backbone's own prior and dimensions, and labels that overlap. */
function makeJob(examples: number, heads: HeadName[]): TrainingJob {
  const { set } = makeVectors(new Array(6).fill(Math.ceil(examples / 6)), { d: D, noise: 18 })
  const { features, queryFeatures, views, prior: _, ...labelled } = set
  const embeddings = [{ features, queryFeatures, views, backbone: EMBEDDED }]
  return { ...labelled, embeddings, heads, budget: 0, robust: true }
}

/** Trains in a training worker that has nobody to share with. */
function trainAlone(job: TrainingJob): Promise<TrainingResult> {
  const worker = new Worker(workerUrl('../../../src/workers/training/worker', import.meta.url), { workerData: [] })
  return new Promise<TrainingResult>((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message: TrainingMessage) => {
      if ('result' in message) resolve(message.result)
    })
    worker.postMessage(job)
  }).finally(() => worker.terminate())
}

async function requireTheSame(job: TrainingJob): Promise<void> {
  const alone = await trainAlone(job)
  const { accuracy } = alone.measurement
  assert.ok(accuracy && accuracy > 0.3 && accuracy < 1, `${accuracy}`)
  assert.deepEqual(await runToEnd(runTrainingJob(async () => job)), alone)
}

test('threads that share folds train the same classifier as one: new threads, then idle ones', async () => {
  // Folds are shared from 300 examples up.
  const job = makeJob(330, [...DEFAULT_HEADS])
  await requireTheSame(job)
  await requireTheSame(job)
})

test('idle threads that share one memory train the same classifier as one', async () => {
  // They share each loop from 8 MiB of whitened rows up.
  await requireTheSame(makeJob(5160, ['linear']))
})
