// Files to answers and files to examples, against the bare loop, in turn in one run.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { openApp } from '../src/app.ts'
import { DEFAULT_DATASET, LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { fileSource } from '../src/files.ts'
import { addPictures } from '../src/services/labeling.ts'
import { openPredictor } from '../src/services/prediction.ts'
import { trainVersion } from '../src/services/training.ts'
import { InferencePool } from '../src/workers/inference/pool.ts'
import { bareLoop } from './bare.ts'
import { drawPhotographs } from './pictures.ts'

const ROUNDS = 7
const COUNT = 60

/** Median milliseconds a picture of each work, taken in turn. */
async function inTurn(works: (() => Promise<void>)[]): Promise<number[]> {
  const times: number[][] = works.map(() => [])
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, work] of works.entries()) {
      const start = performance.now()
      await work()
      // The first round warms up.
      if (round > 0) times[i]!.push((performance.now() - start) / COUNT)
    }
  return times.map((t) => t.sort((a, b) => a - b)[ROUNDS >> 1]!)
}

async function drain(work: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of work);
}

/** Milliseconds a picture, JPEG of one megapixel. */
export async function measureSpeed() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const files = await drawPhotographs(join(root, 'pictures'), COUNT)
  const filings = files.map((file, i) => ({ source: fileSource(file), label: `${i % 4}` }))
  const bare = await bareLoop()
  const pool = new InferencePool(EMBEDDED, 1)
  const app = await openApp(join(root, 'home'))
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: DEFAULT_DATASET, create: true })
  await drain(addPictures(app, dataset, filings, 'bench'))
  await drain(trainVersion(app, dataset, { heads: ['svm'], by: 'bench' }))
  const predict = await openPredictor({ ...app, inferencePool: () => pool }, dataset)
  const halves = [0, 1].map(
    (h) =>
      new Worker(new URL('./bare-thread.ts', import.meta.url), { workerData: files.filter((_, i) => i % 2 === h) }),
  )
  await Promise.all(halves.map((half) => once(half, 'message')))

  let fresh = 0
  const [bareOne, answer, filed, bareTwo] = (await inTurn([
    async () => {
      for (const file of files) await bare(file)
    },
    async () => {
      // One at a time: nothing of one picture overlaps with another.
      for (const file of files) await drain(predict([fileSource(file)]))
    },
    async () =>
      drain(
        addPictures(
          app,
          await openDataset(app.db, { server: LOCAL_SERVER, name: `fresh ${fresh++}`, create: true }),
          filings,
          'bench',
        ),
      ),
    async () => {
      const done = halves.map((half) => once(half, 'message'))
      for (const half of halves) half.postMessage('go')
      await Promise.all(done)
    },
  ])) as [number, number, number, number]
  await Promise.all(halves.map((half) => half.terminate()))
  await pool.close()
  await app.close()
  rmSync(root, { recursive: true })
  return { bareOne, answer, filed, bareTwo }
}
if (import.meta.main) console.log(await measureSpeed())
