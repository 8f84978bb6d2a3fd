// Training time and accuracy of linear SVMs on the same features, one core each.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SvmHead } from '../models/heads/svm.ts'
import type { Matrix } from '../models/kernels/kernels.ts'
import { seededRandom } from '../models/random.ts'

const D = 2048
const TESTED = 2000
/** Cost of an error, for every library. */
const C = 1

type Row = { size: string; who: string; seconds: number | null; accuracy: number | null; ratio: number | null }
type Problem = { n: number; classes: number; x: Matrix; y: Uint32Array; tx: Matrix; ty: Uint32Array }

/** Gaussian classes, at mean square norm 1; so far apart that a linear rule from n rows is right about nine times in ten. */
function makeProblem(n: number, classes: number, apart: number): Problem {
  const random = seededRandom(classes)
  const gauss = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())
  const centres = Float32Array.from({ length: classes * D }, () => apart * gauss())
  const scale = 1 / Math.sqrt(D * (1 + apart ** 2))
  const draw = (rows: number) => {
    const y = Uint32Array.from({ length: rows }, (_, i) => i % classes)
    const data = new Float32Array(rows * D)
    for (let r = 0; r < rows; r++)
      for (let i = 0; i < D; i++) data[r * D + i] = scale * (centres[y[r]! * D + i]! + gauss())
    return { x: { data, rows, columns: D }, y }
  }
  const train = draw(n)
  const test = draw(TESTED)
  return { n, classes, ...train, tx: test.x, ty: test.y }
}

const timed = <T>(work: () => T): [T, number] => {
  const start = performance.now()
  const result = work()
  return [result, (performance.now() - start) / 1000]
}

function ours({ x, y, classes, tx, ty }: Problem): { seconds: number; accuracy: number } {
  SvmHead.fit({ ...x, data: x.data.slice(0, 64 * D), rows: 64 }, y.slice(0, 64), Math.min(classes, 50))
  const [head, seconds] = timed(() => SvmHead.fit(x, y, classes))
  const { data } = head.scores(tx)
  let hits = 0
  for (let r = 0; r < tx.rows; r++) {
    const row = data.subarray(r * classes, (r + 1) * classes)
    hits += Number(row.indexOf(Math.max(...row)) === ty[r])
  }
  return { seconds, accuracy: hits / tx.rows }
}

function linearSvc({ n, classes, x, y, tx, ty }: Problem): { seconds: number; accuracy: number } | null {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-svc-'))
  const write = (name: string, v: Float32Array | Uint32Array) =>
    writeFileSync(join(folder, name), new Uint8Array(v.buffer, v.byteOffset, v.byteLength))
  write('x', x.data)
  write('y', y)
  write('tx', tx.data)
  write('ty', ty)
  const script = new URL('./linear_svc.py', import.meta.url).pathname
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const { stdout, status } = spawnSync('/usr/bin/python3', [script, folder, `${n}`, `${D}`, `${classes}`, `${C}`], {
    env,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return status === 0 ? JSON.parse(stdout) : null
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
  for (const [n, classes, rounds, apart] of [
    [200, 5, 3, 0.11],
    [2000, 20, 3, 0.108],
    [20_000, 50, 1, 0.1],
  ] as const) {
    const problem = makeProblem(n, classes, apart)
    const size = `${n.toLocaleString('en')} x ${classes}`
    const runs = Array.from({ length: rounds }, () => ({ mine: ours(problem), theirs: linearSvc(problem) }))
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
