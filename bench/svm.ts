// Training time and accuracy of linear SVMs on the same features, one core each.
import { createRequire } from 'node:module'
import { SvmHead } from '../models/heads/svm.ts'
import type { Matrix } from '../models/kernels/kernels.ts'
import { seededRandom } from '../models/random.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'
import { accuracyOf, makeProblem, ones, type Problem, scikitLearn, timed } from './problem.ts'

/** Cost of an error, for every library. */
const C = 1

type Row = { size: string; who: string; seconds: number | null; accuracy: number | null; ratio: number | null }

function ours({ x, y, classes, tx, ty }: Problem): { seconds: number; accuracy: number } {
  const some = packMatrix({ ...x, data: x.data.slice(0, 64 * x.columns), rows: 64 })
  const few = { z: some, y: y.slice(0, 64), weights: ones(64) }
  SvmHead.fit({ ...few, classes: Math.min(classes, 50), seed: 1 })
  const [head, seconds] = timed(() => SvmHead.fit({ z: packMatrix(x), y, classes, weights: ones(x.rows), seed: 1 }, C))
  return { seconds, accuracy: accuracyOf(head.decisionScores(tx), ty) }
}

const require = createRequire(import.meta.url)

async function libsvm({ x, y, tx, ty }: Problem): Promise<{ seconds: number; accuracy: number }> {
  const SVM = await require('libsvm-js')
  const svm = new SVM({ kernel: SVM.KERNEL_TYPES.LINEAR, type: SVM.SVM_TYPES.C_SVC, cost: C, quiet: true })
  const [, seconds] = timed(() => svm.train(rowsOf(x), [...y]))
  const said = svm.predict(rowsOf({ ...tx, rows: 200 })) as number[]
  return { seconds, accuracy: said.filter((c, r) => c === ty[r]).length / said.length }
}

function mlSvm({ x, y, classes, tx, ty }: Problem): { seconds: number; accuracy: number } {
  const SVM = require('ml-svm')
  const rows = rowsOf(x)
  const [machines, seconds] = timed(() =>
    Array.from({ length: classes }, (_, c) => {
      const svm = new SVM({ C, kernel: 'linear', random: seededRandom(1) })
      svm.train(
        rows,
        [...y].map((v) => (v === c ? 1 : -1)),
      )
      return svm
    }),
  )
  const tested = rowsOf({ ...tx, rows: 200 })
  const margins = machines.map((svm) => svm.margin(tested) as number[])
  const hits = tested.filter((_, r) => {
    const row = margins.map((m) => m[r]!)
    return row.indexOf(Math.max(...row)) === ty[r]
  }).length
  return { seconds, accuracy: hits / tested.length }
}

const rowsOf = ({ data, rows, columns }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, r) => [...data.subarray(r * columns, (r + 1) * columns)])

/** Our SVM against LIBLINEAR (scikit-learn's LinearSVC) in turn, and the libraries of npm where they end in minutes. */
export async function measureSvm(): Promise<Row[]> {
  const table: Row[] = []
  for (const [n, classes, rounds, apart, d] of [
    [200, 5, 3, 0.11, 2048],
    [2000, 20, 3, 0.108, 2048],
    [20_000, 50, 1, 0.1, 2048],
    [20_000, 50, 1, 0.155, 816],
  ] as const) {
    const problem = makeProblem(n, classes, apart, d)
    const size = `${n.toLocaleString('en')} x ${classes}, ${d.toLocaleString('en')} dimensions`
    const runs = Array.from({ length: rounds }, () => ({ mine: ours(problem), theirs: scikitLearn('svc', problem, C) }))
    const best = <T extends { seconds: number }>(all: T[]): T => all.reduce((a, b) => (b.seconds < a.seconds ? b : a))
    const mine = best(runs.map((r) => r.mine))
    const theirs = runs.flatMap((r) => r.theirs ?? [])
    const against = theirs.length > 0 ? best(theirs) : null
    const row = (who: string, m: { seconds: number; accuracy: number } | null) =>
      table.push({
        size,
        who,
        seconds: m?.seconds ?? null,
        accuracy: m?.accuracy ?? null,
        ratio: m && m.seconds / mine.seconds,
      })
    row('Mekiki', mine)
    row('scikit-learn LinearSVC', against)
    if (n <= 2000) row('libsvm-js, linear', await libsvm(problem))
    if (n <= 200) row('ml-svm, linear, one-vs-rest', mlSvm(problem))
  }
  return table
}
if (import.meta.main) console.table(await measureSvm())
