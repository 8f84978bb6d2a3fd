import { type Matrix, stackRows } from '../numbers/matrix.ts'
import type { KernelCall } from './kernel-call.ts'
import { rowsBytes, type Scratch, type ScratchMemory, svmBytes } from './scratch.ts'
import { svmArgumentsToNumbers } from './svm-arguments.ts'
import type { SvmProblem, SvmSolution } from './types.ts'

/** `Kernels.trainSvm`: one against the rest, so that each thread trains some of the classes. */
export function trainSvm(memory: ScratchMemory, problem: SvmProblem): SvmSolution {
  const { x, classes, cost } = problem
  const shape = { rows: x.rows, columns: x.columns, classes }
  const inPlace = memory.behind(x)
  const scratch = inPlace ?? memory.take(rowsBytes(shape) + svmBytes(shape, memory.threadCount))
  const { arena } = scratch
  const shared = inPlace
    ? { rows: x.data.byteOffset, scales: x.scales.byteOffset, cost: arena.put(cost) }
    : { rows: arena.put(x.data), scales: arena.put(x.scales), cost: arena.put(cost) }
  const parts = scratch.split(classes, 1).map(([from, to]) => placePart(scratch, problem, { ...shared, from, to }))
  const sweeps = Math.max(...scratch.runAll(parts.map((p) => p.call)))
  const read = (at: number, rows: number, columns: number): Matrix => {
    return { data: arena.readFloats(at, rows * columns), rows, columns }
  }
  const weights = parts.map((p) => read(p.weights, p.classes, x.columns))
  const bias = parts.map((p) => read(p.bias, p.classes, 1))
  return { weights: stackRows(weights, x.columns), bias: stackRows(bias, 1).data, sweeps }
}

/** Offsets of what all threads read, and the classes that one of them trains. */
type Part = { rows: number; scales: number; cost: number; from: number; to: number }

/** Lays out the memory for some of the classes. */
function placePart({ arena }: Scratch, { x, y, seed, tolerance, maxSweeps }: SvmProblem, part: Part) {
  const { rows: n, columns: d } = x
  const classes = part.to - part.from
  // Classes below `from` wrap round to large numbers: like those from `to` on, they are none of this part's.
  const labels = arena.put(y.map((c) => c - part.from))
  const weights = arena.allocateZeros(classes * d * 4)
  const bias = arena.allocateZeros(classes * 4)
  const call: KernelCall = [
    'trainSvm',
    ...svmArgumentsToNumbers({
      rows: part.rows,
      scales: part.scales,
      cost: part.cost,
      labels,
      n,
      d,
      classes,
      alpha: arena.allocateZeros(n * classes * 4),
      weights,
      bias,
      row: arena.allocate(d * 4),
      norm: arena.allocate(n * 4),
      active: arena.allocate(n * classes),
      order: arena.allocate(n * 4),
      // Classes are taken four at a time.
      list: arena.allocate((classes + 4) * 4),
      range: arena.allocate(classes * 4 * 4),
      seed,
      tolerance,
      maxSweeps,
    }),
  ]
  return { classes, weights, bias, call }
}
