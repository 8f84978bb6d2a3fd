import { discard } from '../numbers/discard.ts'
import { stacked } from '../numbers/features.ts'
import { bytesOfRows, rowsIn } from '../numbers/rows.ts'
import { mirrorUpper } from '../numbers/triangle.ts'
import type { Kernels, Matrix } from './kernels.ts'
import { Area, FIRST, type Home, kernelModule, makeMemory, settle } from './memory.ts'
import { type Call, type Crew, run } from './parallel.ts'

/** Rows that a product or a moment takes at once; a multiple of 64. */
const AT_ONCE = 512
/** Rows of a panel of `addMoment`. */
const PANEL = 64
/** Fewer are not worth sharing. */
const FEW = 32
/** Bytes of a memory that is kept, or beside the rows of a crew. */
const KEPT = 24 * 2 ** 20
/** What aligning may take. */
const SLACK = 4096

/** Kernels on the module that `npm run prepare` builds; undefined where it is missing or cannot run. @param crew where several threads work on one memory */
export function simdKernels(crew?: Crew): Kernels | undefined {
  if (!kernelModule()) return undefined
  const homes = new WeakMap<ArrayBufferLike, Home>()
  const hands = crew?.hands ?? 1
  let kept: Home | undefined

  /** A memory never shrinks, so one that is large is made for a call; a small one is kept, since its pages cost more than the work. */
  function place(bytes: number) {
    if (bytes <= KEPT && crew) return at(crew.home, FIRST + crew.rows)
    if (bytes > KEPT) return at(settle(makeMemory(bytes + FIRST)))
    kept ??= settle(makeMemory(KEPT + FIRST))
    return at(kept)
  }
  /** `all` runs calls that write to different places; `shares`: what each hand gets of so many, in multiples of `step`. */
  function at(home: Home, from?: number) {
    const here = crew?.home === home ? hands : 1
    return {
      exports: home.exports,
      area: new Area(home, from),
      all: (calls: Call[]): number[] => (here > 1 ? crew!.all(calls) : calls.map((c) => run(home, c))),
      shares: (total: number, step: number, even = true) => shares(total, total < FEW ? 1 : here, step, even),
    }
  }
  /** A room for rows, and what is beside them. */
  function roomFor(bytes: number, old: Home | undefined): Home {
    if (crew && bytes + SLACK <= crew.home.memory.buffer.byteLength) return crew.home
    return old && old.memory.buffer.byteLength >= bytes + SLACK ? old : settle(makeMemory(bytes))
  }

  return {
    name: 'simd',
    room(rows, columns, classes, before) {
      const bytes = FIRST + rowBytes(rows, columns) + svmBytes(rows, columns, classes, hands)
      const home = roomFor(bytes, before && homes.get(before.data.buffer))
      homes.set(home.memory.buffer, home)
      return rowsIn(home.memory.buffer, FIRST, rows, columns)
    },
    pack({ data, rows, columns: d }, to, start) {
      const { area, all, shares } = place(rows * (d * 6 + 4))
      const from = area.put(data)
      const [packed, scales] = [area.take(rows * d * 2), area.take(rows * 4)]
      all(
        shares(rows, 1).map(([r, end]) => [
          'packRows',
          from + r * d * 4,
          end - r,
          d,
          packed + r * d * 2,
          scales + r * 4,
        ]),
      )
      to.data.set(area.shorts(packed, rows * d), start * d)
      to.scales.set(area.read(scales, rows), start)
    },
    secondMoment(x) {
      const d = x.columns
      const { area, all, shares } = place((hands * PANEL * d + AT_ONCE * d + d * d) * 4)
      const [sum, rows] = [area.zeros(d * d * 4), area.take(AT_ONCE * d * 4)]
      const parts = shares(d, 8, false).map((part) => [...part, area.take(PANEL * d * 4)] as const)
      for (let r = 0; r < x.rows; r += AT_ONCE) {
        const some = x.data.subarray(r * d, Math.min(x.rows, r + AT_ONCE) * d)
        area.write(rows, some)
        all(parts.map(([from, to, panel]) => ['addMoment', rows, some.length / d, d, sum, panel, from, to]))
      }
      const moment = { data: area.read(sum, d * d), rows: d, columns: d }
      mirrorUpper(moment)
      return moment
    },
    whitener(s) {
      const d = s.columns
      const { exports, area, all, shares } = place(d * d * 8)
      const [a, b] = [area.put(s.data), area.zeros(d * d * 4)]
      if (!exports.cholesky(a, d)) return null
      all(shares(d, 4, false).map(([from, to]) => ['invertTransposed', a, d, b, from, to]))
      return { data: area.read(b, d * d), rows: d, columns: d }
    },
    solveUpper(u, v) {
      const d = u.columns
      const { area, all, shares } = place((u.data.length + v.data.length) * 4)
      const [from, rows] = [area.put(u.data), area.put(v.data)]
      all(shares(v.rows, 1).map(([first, end]) => ['solveUpper', from, d, rows + first * d * 4, end - first]))
      return { ...v, data: area.read(rows, v.data.length) }
    },
    multiplyUpper(x, b) {
      const rows = (x.rows + 3) & ~3
      const { columns: k } = x
      const m = b.columns
      const { area, all, shares } = place((rows * (k + m) + b.data.length + 8 * k * hands) * 4)
      const from = area.take(rows * k * 4)
      area.write(from, x.data)
      const [factor, to] = [area.put(b.data), area.take(rows * m * 4)]
      all(
        shares(rows, 4).map(([first, end]) => {
          const [left, made] = [from + first * k * 4, to + first * m * 4]
          return ['multiply', left, end - first, k, factor, m, made, area.take(k * 32), 1]
        }),
      )
      return { data: area.read(to, x.rows * m), rows: x.rows, columns: m }
    },
    product(x, w) {
      const [m, d] = [(w.rows + 7) & ~7, x.columns]
      const step = Math.min((x.rows + 3) & ~3, AT_ONCE)
      const { area, all, shares } = place((step * (d + m) + d * m + 8 * d * hands) * 4)
      const [from, to] = [area.take(step * d * 4), area.take(step * m * 4)]
      const turned = new Float32Array(d * m)
      for (let c = 0; c < w.rows; c++) for (let i = 0; i < d; i++) turned[i * m + c] = w.data[c * d + i]!
      const factor = area.put(turned)
      discard(turned)
      const panels = Array.from({ length: hands }, () => area.take(d * 32))
      const data = new Float32Array(x.rows * w.rows)
      for (let start = 0; start < x.rows; start += step) {
        const rows = Math.min(step, x.rows - start)
        area.write(from, x.data.subarray(start * d, (start + rows) * d))
        all(
          shares((rows + 3) & ~3, 4).map(([first, end], i) => {
            const [left, made] = [from + first * d * 4, to + first * m * 4]
            return ['multiply', left, end - first, d, factor, m, made, panels[i]!, 0]
          }),
        )
        const wide = area.read(to, rows * m)
        for (let r = 0; r < rows; r++) data.set(wide.subarray(r * m, r * m + w.rows), (start + r) * w.rows)
        discard(wide)
      }
      return { data, rows: x.rows, columns: w.rows }
    },
    trainSvm({ x, y, classes, cost, tolerance, maxSweeps, seed }) {
      const { rows: n, columns: d } = x
      const home = homes.get(x.data.buffer)
      const { area, all, shares } = home
        ? at(home, x.scales.byteOffset + x.scales.byteLength)
        : place(rowBytes(n, d) + svmBytes(n, d, classes, hands))
      const [rows, scales] = home ? [x.data.byteOffset, x.scales.byteOffset] : [area.put(x.data), area.put(x.scales)]
      const costs = area.put(cost)
      // One against the rest: each class has a machine of its own.
      const parts = shares(classes, 1).map(([from, to]) => {
        const k = to - from
        // Below 0 wraps round: neither is a class of this part.
        const labels = area.put(y.map((c) => c - from))
        const [norm, row] = [area.take(n * 4), area.take(d * 4)]
        const [alpha, weights, bias] = [area.zeros(n * k * 4), area.zeros(k * d * 4), area.zeros(k * 4)]
        const [active, order] = [area.take(n * k), area.take(n * 4)]
        const [list, range] = [area.take((k + 4) * 4), area.take(k * 16)]
        const scratch = [norm, active, order, range, seed, tolerance, maxSweeps]
        const places = [labels, costs, alpha, weights, bias, list]
        return { k, weights, bias, call: ['trainSvm', rows, scales, row, n, d, k, ...scratch, ...places] as Call }
      })
      const sweeps = Math.max(...all(parts.map((p) => p.call)))
      const read = (from: number, rows: number, columns: number): Matrix => ({
        data: area.read(from, rows * columns),
        ...{ rows, columns },
      })
      const weights = parts.map((p) => read(p.weights, p.k, d))
      const bias = parts.map((p) => read(p.bias, p.k, 1))
      return { weights: stacked(weights, d), bias: stacked(bias, 1).data, sweeps }
    },
  }
}

/** Bytes that training takes beside the rows. */
const svmBytes = (n: number, d: number, classes: number, hands: number): number =>
  (n * (1 + 3 * hands + classes) + classes * (d + 6) + (d + 4) * hands) * 4 + n * classes + hands * 16 * 64

/** Bytes of rows, and what aligning takes. */
const rowBytes = (n: number, d: number): number => bytesOfRows(n, d) + 64

/** Memory for a crew: rows, and what else is worked on. */
export function crewMemory(n: number, d: number, classes: number, hands: number) {
  const rows = rowBytes(n, d)
  return { memory: makeMemory(FIRST + rows + Math.max(KEPT, svmBytes(n, d, classes, hands))), rows }
}

/**
 * Splits so many for so many hands: [from, to) of each, in multiples of `step`. @param even false: of a triangle, whose first rows are the
 * longest
 */
function shares(total: number, hands: number, step: number, even: boolean): [from: number, to: number][] {
  const edge = (h: number): number => {
    const share = even ? h / hands : 1 - Math.sqrt(1 - h / hands)
    return h === hands ? total : Math.round((share * total) / step) * step
  }
  return Array.from({ length: hands }, (_, h): [number, number] => [edge(h), edge(h + 1)]).filter(([a, b]) => a < b)
}
