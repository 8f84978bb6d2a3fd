// Training as the program does it, on 1,000 to 50,000 examples: from the last label to the active version.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { DEFAULT_HEADS } from '../models/heads/names.ts'
import { findDatasetIssues } from '../models/label-issues/find-dataset-issues.ts'
import { type App, openApp } from '../src/app.ts'
import { LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { readTrainingSet } from '../src/services/training/read-training-set.ts'
import { trainVersion } from '../src/services/training/train-version.ts'
import { runToEnd } from '../src/workers/shared-task.ts'
import { withPriors } from '../src/workers/training/read-job.ts'
import { D, fillDataset } from '../test/support/made-up.ts'
import { REPORT_PEAK, takePeak } from '../test/support/peak-memory.ts'
import { timed } from './problem.ts'

const ROUNDS = 3
/** Views of each picture that training reads. */
const VIEWS = 2
const FLOAT_BYTES = 4
const MIB = 2 ** 20
const SIZES = [
  { examples: 1000, labels: 20 },
  { examples: 10_000, labels: 50 },
  { examples: 50_000, labels: 50 },
]
/** Sets the memory of the process as the program does. */
const RUNTIME = fileURLToPath(new URL('../bin/runtime.js', import.meta.url))

type GrowthRow = {
  examples: number
  labels: number
  featuresMiB: number
  /** Seconds of a training in a new process, and of one that follows another. */
  first: number
  again: number
  /** Seconds for suspects and copies, measured alone on one core. */
  survey: number
  beforeMiB: number
  peakMiB: number
  accuracy: number
}

/** Measures each size in a process of its own. */
export function measureGrowth(): GrowthRow[] {
  return SIZES.map(({ examples, labels }) => {
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
    const featuresMiB = (VIEWS * examples * D * FLOAT_BYTES) / MIB
    return { examples, labels, featuresMiB, peakMiB, survey, ...JSON.parse(stdout) }
  })
}

/** Seconds of the first training, and the median of those that follow. */
async function train(app: App, dataset: number) {
  const once = () => runToEnd(trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: 1, by: 'bench' }))
  const runs = []
  const beforeMiB = process.memoryUsage().rss / MIB
  for (let i = 0; i <= ROUNDS; i++) runs.push(await once())
  const [first, ...more] = runs.map((r) => r.seconds)
  return { beforeMiB, first, again: more.sort((a, b) => a - b)[ROUNDS >> 1], accuracy: runs[0]!.accuracy }
}

/** Seconds of finding suspects and copies, on one core. */
async function survey(app: App, dataset: number) {
  const { set } = await readTrainingSet(app, dataset, { backbones: [EMBEDDED], effort: 'fast' })
  const withPrior = withPriors(set)
  findDatasetIssues(withPrior)
  const [, seconds] = timed(() => findDatasetIssues(withPrior))
  return { survey: seconds }
}

// Started by `measureGrowth`: fill, train or survey, and where.
const [what, home, examples, labels] = process.argv.slice(2)
if (import.meta.main && home) {
  const app = await openApp(home)
  if (what === 'fill') await fillDataset(app, Number(examples), Number(labels))
  else {
    const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: false })
    console.log(JSON.stringify(await (what === 'train' ? train : survey)(app, dataset)))
  }
  await app.close()
} else if (import.meta.main) console.table(measureGrowth())
