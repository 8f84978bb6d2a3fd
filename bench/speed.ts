// Files to answers and files to examples, against the bare loop, side by side in one run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { openApp } from '../src/app.ts'
import { collect } from '../src/collector.ts'
import { openPredictor } from '../src/predictor.ts'
import { openDataset } from '../src/store/datasets.ts'
import { trainVersion } from '../src/trainer.ts'
import { Pool } from '../src/workers/pool.ts'
import { bareLoop } from './bare.ts'
import { drawPhotographs } from './pictures.ts'

const ROUNDS = 5
const COUNT = 60

/** Median seconds a picture of each, rounds taken in turn. */
async function inTurn(works: (() => Promise<void>)[], pictures: number): Promise<number[]> {
  const times: number[][] = works.map(() => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, work] of works.entries()) {
      const start = performance.now()
      await work()
      times[i]!.push((performance.now() - start) / 1000 / pictures)
    }
  return times.map((t) => t.sort((a, b) => a - b)[ROUNDS >> 1]!)
}

export async function measureSpeed() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const files = await drawPhotographs(join(root, 'pictures'), COUNT)
  const bare = await bareLoop()
  const single = new Pool(EMBEDDED, 1)
  const one = await openApp(join(root, 'one'))
  const dataset = await openDataset(one.store, 'main', true)
  for await (const _ of collect(
    one,
    dataset,
    files.map((file, i) => ({ file, label: `${i % 4}` })),
    'bench',
  )) {
  }
  for await (const _ of trainVersion(one, dataset, ['svm'])) {
  }
  const predict = await openPredictor({ store: one.store, eyes: () => single }, dataset)
  async function* list() {
    yield* files
  }
  const bareAll = async () => {
    for (const file of files) await bare(file)
  }
  const predictAll = async () => {
    for await (const _ of predict(list())) {
    }
  }
  let home = 0
  const apps: Awaited<ReturnType<typeof openApp>>[] = []
  const importAll = async () => {
    const target = await openDataset(one.store, `fresh ${home++}`, true)
    for await (const _ of collect(
      one,
      target,
      files.map((file, i) => ({ file, label: `${i % 4}` })),
      'bench',
    )) {
    }
  }
  await bareAll()
  await predictAll()
  await importAll()
  const [a, b, c] = (await inTurn([bareAll, predictAll, importAll], COUNT)) as [number, number, number]
  for (const app of [one, ...apps]) await app.close()
  await single.close()
  rmSync(root, { recursive: true })
  return { bare: a, predict: b, import: c, predictRatio: b / a, importShare: a / 2 / c }
}
if (import.meta.main) console.log(await measureSpeed())
