// Time from files to answers and from files to examples, beside the bare loop. All take turns in one run.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { openApp } from '../src/app.ts'
import { DEFAULT_DATASET, LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { fileSource } from '../src/files/sources.ts'
import { parseLabel } from '../src/label.ts'
import { addPictures } from '../src/services/labeling.ts'
import { createPredictor } from '../src/services/prediction.ts'
import { trainVersion } from '../src/services/training/train-version.ts'
import { InferencePool } from '../src/workers/inference/pool.ts'
import { bareLoop } from './bare.ts'
import { drawPhotographs } from './pictures.ts'

const ROUNDS = 7
const PICTURES = 60
const LABELS = 4

/** Median milliseconds a picture of each piece of work; they take turns. */
async function measureInTurn(works: (() => Promise<void>)[]): Promise<number[]> {
  const times: number[][] = works.map(() => [])
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, work] of works.entries()) {
      const start = performance.now()
      await work()
      // The first round warms up.
      if (round > 0) times[i]!.push((performance.now() - start) / PICTURES)
    }
  return times.map((t) => t.sort((a, b) => a - b)[ROUNDS >> 1]!)
}

async function drain(work: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of work);
}

/** Milliseconds a picture, for JPEGs of one megapixel. */
export async function measureSpeed() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const files = await drawPhotographs(join(root, 'pictures'), PICTURES)
  const labelled = files.map((file, i) => ({ source: fileSource(file), label: parseLabel(`${i % LABELS}`) }))
  const bare = await bareLoop()
  const pool = new InferencePool(EMBEDDED, 1)
  const app = await openApp(join(root, 'home'))
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: DEFAULT_DATASET, create: true })
  await drain(addPictures(app, { dataset, by: 'bench' }, labelled))
  await drain(trainVersion(app, dataset, { heads: ['svm'], by: 'bench' }))
  const predict = await createPredictor({ ...app, inferencePool: () => pool }, dataset)
  const threads = await startBareThreads(files)
  const processes = await startBareProcesses(files)

  let datasets = 0
  const [bareOne, answer, added, twoThreads, twoProcesses] = (await measureInTurn([
    async () => {
      for (const file of files) await bare(file)
    },
    async () => {
      // One at a time, so that nothing overlaps.
      for (const file of files) await drain(predict([fileSource(file)]))
    },
    async () => {
      const name = `dataset ${datasets++}`
      const empty = await openDataset(app.db, { server: LOCAL_SERVER, name, create: true })
      await drain(addPictures(app, { dataset: empty, by: 'bench' }, labelled))
    },
    async () => {
      const done = threads.map((thread) => once(thread, 'message'))
      for (const thread of threads) thread.postMessage('go')
      await Promise.all(done)
    },
    async () => {
      const done = processes.map((child) => once(child, 'message'))
      for (const child of processes) child.send('go')
      await Promise.all(done)
    },
  ])) as [number, number, number, number, number]
  for (const child of processes) child.disconnect()
  await Promise.all(threads.map((thread) => thread.terminate()))
  await pool.close()
  await app.close()
  rmSync(root, { recursive: true })
  return { bareOne, answer, added, twoThreads, twoProcesses }
}

/** Two threads with half of the files each. */
async function startBareThreads(files: string[]): Promise<Worker[]> {
  const start = (half: number): Worker => {
    const workerData = halfOf(files, half)
    return new Worker(new URL('./bare-thread.ts', import.meta.url), { workerData })
  }
  const threads = [start(0), start(1)]
  await Promise.all(threads.map((thread) => once(thread, 'message')))
  return threads
}

/** Two processes with half of the files each. */
async function startBareProcesses(files: string[]): Promise<ChildProcess[]> {
  const file = fileURLToPath(new URL('./bare-process.ts', import.meta.url))
  const processes = [fork(file, halfOf(files, 0)), fork(file, halfOf(files, 1))]
  await Promise.all(processes.map((child) => once(child, 'message')))
  return processes
}

const halfOf = (files: string[], half: number): string[] => files.filter((_, i) => i % 2 === half)

if (import.meta.main) console.log(await measureSpeed())
