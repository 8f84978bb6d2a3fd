// Made-up classes that a linear rule can nearly tell apart, and scikit-learn's answer to them, one core.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Matrix } from '../models/kernels/kernels.ts'
import { seededRandom } from '../models/random.ts'
import { gaussian } from '../test/support/gaussian.ts'

const TESTED = 2000

export type Problem = { n: number; classes: number; x: Matrix; y: Uint32Array; tx: Matrix; ty: Uint32Array }

/** Gaussian classes, at mean square norm 1; so far apart that a linear rule from n rows is right about nine times in ten. */
export function makeProblem(n: number, classes: number, apart: number, d = 2048): Problem {
  const random = seededRandom(classes)
  const gauss = gaussian(random)
  const centres = Float32Array.from({ length: classes * d }, () => apart * gauss())
  const scale = 1 / Math.sqrt(d * (1 + apart ** 2))
  const draw = (rows: number) => {
    const y = Uint32Array.from({ length: rows }, (_, i) => i % classes)
    const data = new Float32Array(rows * d)
    for (let r = 0; r < rows; r++)
      for (let i = 0; i < d; i++) data[r * d + i] = scale * (centres[y[r]! * d + i]! + gauss())
    return { x: { data, rows, columns: d }, y }
  }
  const train = draw(n)
  const test = draw(TESTED)
  return { n, classes, ...train, tx: test.x, ty: test.y }
}

/** Every row counts the same. */
export const ones = (n: number): Float32Array => new Float32Array(n).fill(1)

/** What a work gives, and the seconds that it took. */
export const timed = <T>(work: () => T): [T, number] => {
  const start = performance.now()
  const result = work()
  return [result, (performance.now() - start) / 1000]
}

export function accuracyOf({ data, rows, columns }: Matrix, truth: Uint32Array): number {
  let hits = 0
  for (let r = 0; r < rows; r++) {
    const row = data.subarray(r * columns, (r + 1) * columns)
    hits += Number(row.indexOf(Math.max(...row)) === truth[r])
  }
  return hits / rows
}

/** Null where Debian's python3-sklearn is not installed. */
export function scikitLearn(
  which: 'svc' | 'boosting',
  { x, y, tx, ty }: Problem,
  c: number,
): { seconds: number; accuracy: number } | null {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-sklearn-'))
  const write = (name: string, v: Float32Array | Uint32Array) =>
    writeFileSync(join(folder, name), new Uint8Array(v.buffer, v.byteOffset, v.byteLength))
  write('x', x.data)
  write('y', y)
  write('tx', tx.data)
  write('ty', ty)
  const script = new URL('./scikit_learn.py', import.meta.url).pathname
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const { stdout, status } = spawnSync('/usr/bin/python3', [script, which, folder, `${x.columns}`, `${c}`], {
    env,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return status === 0 ? JSON.parse(stdout) : null
}
