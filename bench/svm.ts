// Training time and accuracy of linear SVMs, on the same features and one core each.
import { createRequire } from 'node:module'
import { SvmHead } from '../models/heads/svm.ts'
import type { Matrix } from '../models/numbers/matrix.ts'
import { seededRandom } from '../models/random.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'
import { accuracyOf, makeProblem, ones, type Problem, type ProblemSize, scikitLearn, timed } from './problem.ts'

/** Cost of an error, for every library. */
const C = 1
/** Rows that the slow libraries are tested on. */
const FEW_TESTED = 200
/** Rows up to which a library ends within minutes. */
const MOST_FOR_LIBSVM = 2000
const MOST_FOR_ML_SVM = 200
const WARM_UP_ROWS = 64

type Measured = { seconds: number; accuracy: number }
/** `ratio`: time by Mekiki's time. Null: not measured. */
type Row = { size: string; who: string; seconds: number | null; accuracy: number | null; ratio: number | null }

/** The fastest of the rounds counts. */
const SIZES: (Required<ProblemSize> & { rounds: number })[] = [
  { rows: 200, classes: 5, distance: 0.11, columns: 2048, rounds: 3 },
  { rows: 2000, classes: 20, distance: 0.108, columns: 2048, rounds: 3 },
  { rows: 20_000, classes: 50, distance: 0.1, columns: 2048, rounds: 1 },
  { rows: 20_000, classes: 50, distance: 0.155, columns: 816, rounds: 1 },
]

/** Mekiki's SVM and LIBLINEAR (scikit-learn's LinearSVC) in turn, and libraries from npm where they end within minutes. */
export async function measureSvm(): Promise<Row[]> {
  const table: Row[] = []
  for (const { rounds, ...sizes } of SIZES) {
    const { rows, classes, columns } = sizes
    const problem = makeProblem(sizes)
    const size = `${rows.toLocaleString('en')} x ${classes}, ${columns.toLocaleString('en')} dimensions`
    const own: Measured[] = []
    const liblinear: Measured[] = []
    for (let round = 0; round < rounds; round++) {
      own.push(runMekiki(problem))
      const theirs = scikitLearn('svc', problem, C)
      if (theirs) liblinear.push(theirs)
    }
    const best = fastest(own)!
    const add = (who: string, measured: Measured | null): void => {
      const seconds = measured?.seconds ?? null
      const ratio = measured && measured.seconds / best.seconds
      table.push({ size, who, seconds, accuracy: measured?.accuracy ?? null, ratio })
    }
    add('Mekiki', best)
    add('scikit-learn LinearSVC', fastest(liblinear))
    if (rows <= MOST_FOR_LIBSVM) add('libsvm-js, linear', await runLibsvm(problem))
    if (rows <= MOST_FOR_ML_SVM) add('ml-svm, linear, one-vs-rest', runMlSvm(problem))
  }
  return table
}

const fastest = (runs: Measured[]): Measured | null => runs.toSorted((a, b) => a.seconds - b.seconds)[0] ?? null

function runMekiki({ x, y, classes, testX, testY }: Problem): Measured {
  const few = packMatrix({ ...x, data: x.data.slice(0, WARM_UP_ROWS * x.columns), rows: WARM_UP_ROWS })
  SvmHead.fit({
    z: few,
    y: y.slice(0, WARM_UP_ROWS),
    classes: Math.min(classes, 50),
    weights: ones(WARM_UP_ROWS),
    seed: 1,
  })
  const [head, seconds] = timed(() => SvmHead.fit({ z: packMatrix(x), y, classes, weights: ones(x.rows), seed: 1 }, C))
  return { seconds, accuracy: accuracyOf(head.decisionScores(testX), testY) }
}

const require = createRequire(import.meta.url)

async function runLibsvm({ x, y, testX, testY }: Problem): Promise<Measured> {
  const SVM = await require('libsvm-js')
  const svm = new SVM({ kernel: SVM.KERNEL_TYPES.LINEAR, type: SVM.SVM_TYPES.C_SVC, cost: C, quiet: true })
  const [, seconds] = timed(() => svm.train(rowsOf(x), [...y]))
  const answers = svm.predict(rowsOf({ ...testX, rows: FEW_TESTED })) as number[]
  return { seconds, accuracy: answers.filter((c, r) => c === testY[r]).length / answers.length }
}

function runMlSvm({ x, y, classes, testX, testY }: Problem): Measured {
  const SVM = require('ml-svm')
  const rows = rowsOf(x)
  const [svms, seconds] = timed(() =>
    Array.from({ length: classes }, (_, c) => {
      const svm = new SVM({ C, kernel: 'linear', random: seededRandom(1) })
      const signs = [...y].map((v) => (v === c ? 1 : -1))
      svm.train(rows, signs)
      return svm
    }),
  )
  const tested = rowsOf({ ...testX, rows: FEW_TESTED })
  const margins = svms.map((svm) => svm.margin(tested) as number[])
  const right = tested.filter((_, r) => {
    const row = margins.map((m) => m[r]!)
    return row.indexOf(Math.max(...row)) === testY[r]
  })
  return { seconds, accuracy: right.length / tested.length }
}

const rowsOf = ({ data, rows, columns }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * columns, (r + 1) * columns)])

if (import.meta.main) console.table(await measureSvm())
