// Training as the program does it, on 1, 10 and 50 thousand examples: from the last label to the version in use.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { DEFAULT_HEADS } from '../models/heads/names.ts'
import { surveyExamples } from '../models/label-issues/survey.ts'
import { type App, openApp } from '../src/app.ts'
import { LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { readTrainingSet, trainVersion } from '../src/services/training.ts'
import { runToEnd } from '../src/workers/shared-task.ts'
import { D, fillDataset } from '../test/support/made-up.ts'
import { REPORT_PEAK, takePeak } from '../test/support/peak-memory.ts'
import { timed } from './problem.ts'

const ROUNDS = 3
/** As the program starts. */
const RUNTIME = fileURLToPath(new URL('../bin/runtime.ts', import.meta.url))

type Grown = {
  examples: number
  labels: number
  featuresMiB: number
  /** Seconds. */
  first: number
  again: number
  /** Of those, for suspects and copies, measured alone on one core. */
  survey: number
  beforeMiB: number
  peakMiB: number
  accuracy: number
}

/** Each in a process of its own, which is measured whole. */
export function measureGrowth(sizes: [examples: number, labels: number][]): Grown[] {
  return sizes.map(([examples, labels]) => {
    const home = mkdtempSync(join(tmpdir(), 'mekiki-growth-'))
    const run = (what: string) => {
      const file = fileURLToPath(import.meta.url)
      const args = ['--import', RUNTIME, '--import', REPORT_PEAK, file, what, home, `${examples}`, `${labels}`]
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      return { stdout, ...takePeak(stderr) }
    }
    run('fill')
    const { stdout, peakMiB } = run('train')
    const { survey } = JSON.parse(run('survey').stdout)
    rmSync(home, { recursive: true })
    // Two views of each picture are read.
    return { examples, labels, featuresMiB: (2 * examples * D * 4) / 2 ** 20, peakMiB, survey, ...JSON.parse(stdout) }
  })
}

/** Seconds of the first training, and the median of some more. */
async function train(app: App, dataset: number) {
  const once = () => runToEnd(trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: 1, by: 'bench' }))
  const runs = []
  const beforeMiB = process.memoryUsage().rss / 2 ** 20
  for (let i = 0; i <= ROUNDS; i++) runs.push(await once())
  const [first, ...more] = runs.map((r) => r.seconds)
  return { beforeMiB, first, again: more.sort((a, b) => a - b)[ROUNDS >> 1], accuracy: runs[0]!.accuracy }
}

async function survey(app: App, dataset: number) {
  const { lesson } = await readTrainingSet(app, dataset, EMBEDDED, 'fast')
  const set = { ...lesson, prior: readPrior(EMBEDDED) }
  surveyExamples(set)
  const [, survey] = timed(() => surveyExamples(set))
  return { survey }
}

const [what, home, examples, labels] = process.argv.slice(2)
if (import.meta.main && home) {
  const app = await openApp(home)
  if (what === 'fill') await fillDataset(app, Number(examples), Number(labels))
  else {
    const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: false })
    console.log(JSON.stringify(await (what === 'train' ? train : survey)(app, dataset)))
  }
  await app.close()
} else if (import.meta.main)
  console.table(
    measureGrowth([
      [1000, 20],
      [10_000, 50],
      [50_000, 50],
    ]),
  )
