// Training as the program does it, on 1, 10 and 50 thousand examples: from the last label to the version in use.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { seededRandom } from '../models/random.ts'
import { type App, openApp } from '../src/app.ts'
import { parseLabel } from '../src/label.ts'
import { openDataset, TERMINAL } from '../src/store/datasets.ts'
import { addExample } from '../src/store/examples.ts'
import { addFeatures, viewKey } from '../src/store/features.ts'
import { trainVersion } from '../src/trainer.ts'
import { REPORT_PEAK, takePeak } from '../test/support/peak-memory.ts'

/** What the embedded backbone gives. */
const D = 816
const ROUNDS = 3

export type Grown = {
  examples: number
  labels: number
  featuresMiB: number
  first: number
  again: number
  peakMiB: number
  accuracy: number
}

/** Each in a process of its own, which is measured whole. */
export function measureGrowth(sizes: [examples: number, labels: number][]): Grown[] {
  return sizes.map(([examples, labels]) => {
    const home = mkdtempSync(join(tmpdir(), 'mekiki-growth-'))
    const run = (what: string) => {
      const args = ['--import', REPORT_PEAK, fileURLToPath(import.meta.url), what, home, `${examples}`, `${labels}`]
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      return { stdout, ...takePeak(stderr) }
    }
    run('fill')
    const { stdout, peakMiB } = run('train')
    rmSync(home, { recursive: true })
    // Two views of each picture are read.
    return { examples, labels, featuresMiB: (2 * examples * D * 4) / 2 ** 20, peakMiB, ...JSON.parse(stdout) }
  })
}

/** Features are made up, at least 0 as a network's are, and as far apart as nine right answers in ten need; pictures are left out. */
async function fill({ store }: App, examples: number, labels: number): Promise<void> {
  const random = seededRandom(1)
  const gauss = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())
  const dataset = await openDataset(store, TERMINAL, 'main', true)
  const centres = Array.from({ length: labels }, () => Float32Array.from({ length: D }, () => 0.25 * gauss()))
  const draw = (label: number): Float32Array => Float32Array.from(centres[label]!, (v) => Math.max(0, v + gauss()))
  for (let i = 0; i < examples; i++) {
    const hash = createHash('sha256').update(`${i}`).digest()
    const filed = {
      fileHash: hash,
      pixelHash: hash,
      perceptualHash: hash.readBigUInt64LE(),
      copy: Buffer.alloc(1),
      by: 'bench',
    }
    const plain = draw(i % labels)
    await addExample(store, dataset, parseLabel(`label-${i % labels}`), EMBEDDED.id, {
      ...filed,
      features: plain,
      file: `${i}`,
    })
    const mirrored = plain.map((v) => Math.max(0, v + 0.3 * gauss()))
    await addFeatures(store, i + 1, viewKey(EMBEDDED.id, 'mirrored'), mirrored)
    if (i < 24) {
      const views = new Float32Array(6 * D)
      for (let v = 0; v < 6; v++)
        views.set(
          plain.map((p) => Math.max(0, p + 0.5 * gauss())),
          v * D,
        )
      await addFeatures(store, i + 1, viewKey(EMBEDDED.id, 'views'), views)
    }
  }
}

/** Seconds of the first training, and the median of some more. */
async function train(app: App) {
  const dataset = await openDataset(app.store, TERMINAL, 'main', false)
  const once = async () => {
    const training = trainVersion(app, dataset, { heads: ['svm'], by: 'bench' })
    for (;;) {
      const step = await training.next()
      if (step.done) return step.value
    }
  }
  const runs = []
  for (let i = 0; i <= ROUNDS; i++) runs.push(await once())
  const [first, ...more] = runs.map((r) => r.seconds)
  return { first, again: more.sort((a, b) => a - b)[ROUNDS >> 1], accuracy: runs[0]!.accuracy }
}

const [what, home, examples, labels] = process.argv.slice(2)
if (import.meta.main && home) {
  const app = await openApp(home)
  if (what === 'fill') await fill(app, Number(examples), Number(labels))
  else console.log(JSON.stringify(await train(app)))
  await app.close()
} else if (import.meta.main)
  console.table(
    measureGrowth([
      [1000, 20],
      [10_000, 50],
      [50_000, 50],
    ]),
  )
