// Made-up classes that a linear rule can nearly tell apart, and scikit-learn's answer to them on one core.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Matrix } from '../models/numbers/matrix.ts'
import { seededRandom } from '../models/random.ts'
import { gaussian } from '../test/support/gaussian.ts'
import { argmaxRows, percentRight } from './figures.ts'

const TEST_ROWS = 2000

/** Rows and classes to train on, and others to measure on. */
export type Problem = { classes: number; x: Matrix; y: Uint32Array; testX: Matrix; testY: Uint32Array }
/** `distance` of the centres in standard deviations; `columns`: 2,048 unless given. */
export type ProblemSize = { rows: number; classes: number; distance: number; columns?: number }

/** Gaussian classes at mean square norm 1, so far apart that a linear rule is right about nine times in ten. */
export function makeProblem({ rows, classes, distance, columns = 2048 }: ProblemSize): Problem {
  const gauss = gaussian(seededRandom(classes))
  const centres = Float32Array.from({ length: classes * columns }, () => distance * gauss())
  const scale = 1 / Math.sqrt(columns * (1 + distance ** 2))
  const draw = (count: number): [Matrix, Uint32Array] => {
    const y = Uint32Array.from({ length: count }, (_, i) => i % classes)
    const data = new Float32Array(count * columns)
    for (let r = 0; r < count; r++)
      for (let i = 0; i < columns; i++) data[r * columns + i] = scale * (centres[y[r]! * columns + i]! + gauss())
    return [{ data, rows: count, columns }, y]
  }
  const [x, y] = draw(rows)
  const [testX, testY] = draw(TEST_ROWS)
  return { classes, x, y, testX, testY }
}

/** Weights with which every row counts the same. */
export const ones = (count: number): Float32Array => new Float32Array(count).fill(1)

/** What a piece of work returns, and the seconds that it takes. */
export const timed = <T>(work: () => T): [T, number] => {
  const start = performance.now()
  const result = work()
  return [result, (performance.now() - start) / 1000]
}

/** Share of the rows whose largest score is the one of their class. */
export function accuracyOf(scores: Matrix, truth: Uint32Array): number {
  return percentRight(argmaxRows(scores), truth) / 100
}

/** @param c cost of an error @returns null where Debian's python3-sklearn is not installed */
export function scikitLearn(
  which: 'svc' | 'boosting' | 'boosting-alike',
  { x, y, testX, testY }: Problem,
  c: number,
): { seconds: number; accuracy: number } | null {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-sklearn-'))
  for (const [name, v] of Object.entries({ x: x.data, y, tx: testX.data, ty: testY }))
    writeFileSync(join(folder, name), new Uint8Array(v.buffer, v.byteOffset, v.byteLength))
  const script = new URL('./scikit_learn.py', import.meta.url).pathname
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const args = [script, which, folder, `${x.columns}`, `${c}`]
  const { stdout, status } = spawnSync('/usr/bin/python3', args, { env, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return status === 0 ? JSON.parse(stdout) : null
}
