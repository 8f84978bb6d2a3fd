import { readFileSync } from 'node:fs'
import { discard } from '../discard.ts'
import type { Kernels, Matrix } from './kernels.ts'

type Exports = {
  addMoment(x: number, rows: number, d: number, s: number, panel: number): void
  multiply(x: number, n: number, k: number, b: number, m: number, z: number, panel: number, upper: number): void
  cholesky(a: number, d: number): number
  invertTransposed(l: number, d: number, b: number): void
  solveUpper(u: number, d: number, v: number, rows: number): void
  beginSvm(...args: number[]): void
  sweepSvm(...args: number[]): number
}

const PAGE = 65_536
/** Rows that a product takes at once. */
const AT_ONCE = 512
/** Rows that `addMoment` takes. */
const PANEL = 64
const MODULE = new URL('./kernels.wasm', import.meta.url)

/** Kernels on the module that `npm run prepare` builds; undefined where it is missing or cannot run. */
export function simdKernels(): Kernels | undefined {
  let module: WebAssembly.Module
  try {
    module = new WebAssembly.Module(readFileSync(MODULE))
  } catch {
    return undefined
  }

  const instantiate = rooms(module)
  const homes = new WeakMap<ArrayBufferLike, Home>()
  return {
    name: 'simd',
    room(rows, columns, classes, before) {
      const bytes = rows * columns * 4 + scratchOf(rows, columns, classes)
      const old = before && homes.get(before.data.buffer)
      const home = old && old.memory.buffer.byteLength >= bytes + 2 * PAGE ? old : instantiate.anew(bytes)
      homes.set(home.memory.buffer, home)
      return { data: new Float32Array(home.memory.buffer, FIRST, rows * columns), rows, columns }
    },
    secondMoment(x) {
      const d = x.columns
      const { exports, area } = instantiate((PANEL * d * 2 + d * d) * 4)
      const [sum, rows, panel] = [area.zeros(d * d * 4), area.take(PANEL * d * 4), area.take(PANEL * d * 4)]
      for (let r = 0; r < x.rows; r += PANEL) {
        const some = x.data.subarray(r * d, Math.min(x.rows, r + PANEL) * d)
        area.write(rows, some)
        exports.addMoment(rows, some.length / d, d, sum, panel)
      }
      const data = area.read(sum, d * d)
      mirrorUpper(data, d)
      return { data, rows: d, columns: d }
    },
    whitener(s) {
      const d = s.columns
      const { exports, area } = instantiate(d * d * 8)
      const a = area.put(s.data)
      const b = area.take(d * d * 4)
      if (!exports.cholesky(a, d)) return null
      exports.invertTransposed(a, d, b)
      return { data: area.read(b, d * d), rows: d, columns: d }
    },
    solveUpper(u, v) {
      const { exports, area } = instantiate((u.data.length + v.data.length) * 4)
      const [from, rows] = [area.put(u.data), area.put(v.data)]
      exports.solveUpper(from, u.columns, rows, v.rows)
      return { ...v, data: area.read(rows, v.data.length) }
    },
    multiplyUpper(x, b) {
      const rows = (x.rows + 3) & ~3
      const { exports, area } = instantiate((rows * (x.columns + b.columns) + b.data.length + 8 * x.columns) * 4)
      const from = area.take(rows * x.columns * 4)
      area.write(from, x.data)
      const factor = area.put(b.data)
      const to = area.take(rows * b.columns * 4)
      exports.multiply(from, rows, x.columns, factor, b.columns, to, area.take(x.columns * 32), 1)
      return { data: area.read(to, x.rows * b.columns), rows: x.rows, columns: b.columns }
    },
    product(x, w) {
      const [m, d] = [(w.rows + 7) & ~7, x.columns]
      const step = Math.min((x.rows + 3) & ~3, AT_ONCE)
      const { exports, area } = instantiate((step * (d + m) + d * m + 8 * d) * 4)
      const [from, to, panel] = [area.take(step * d * 4), area.take(step * m * 4), area.take(d * 32)]
      const turned = new Float32Array(d * m)
      for (let c = 0; c < w.rows; c++) for (let i = 0; i < d; i++) turned[i * m + c] = w.data[c * d + i]!
      const factor = area.put(turned)
      discard(turned)
      const data = new Float32Array(x.rows * w.rows)
      for (let start = 0; start < x.rows; start += step) {
        const rows = Math.min(step, x.rows - start)
        area.write(from, x.data.subarray(start * d, (start + rows) * d))
        exports.multiply(from, (rows + 3) & ~3, d, factor, m, to, panel, 0)
        const wide = area.read(to, rows * m)
        for (let r = 0; r < rows; r++) data.set(wide.subarray(r * m, r * m + w.rows), (start + r) * w.rows)
        discard(wide)
      }
      return { data, rows: x.rows, columns: w.rows }
    },
    trainSvm({ x, y, classes, cost, tolerance, maxSweeps, seed }) {
      const { rows: n, columns: d } = x
      const home = homes.get(x.data.buffer)
      const { exports, area } = home ? room(home) : instantiate(n * d * 4 + scratchOf(n, d, classes))
      const rows = home ? area.take(n * d * 4) : area.put(x.data)
      const alpha = area.zeros(n * classes * 4)
      const weights = area.zeros(classes * d * 4)
      const bias = area.zeros(classes * 4)
      const [labels, costs, norm] = [area.put(y), area.put(cost), area.take(n * 4)]
      const [active, order] = [area.take(n * classes), area.take(n * 4)]
      const [list, range] = [area.take((classes + 4) * 4), area.take(classes * 16)]
      const size = [rows, n, d, classes] as const
      exports.beginSvm(...size, norm, active, order, range, seed)
      let sweeps = 1
      const rest = [labels, costs, norm, alpha, weights, bias, active, order, list, range] as const
      while (exports.sweepSvm(...size, ...rest, tolerance) > 0) if (sweeps++ === maxSweeps) break
      return {
        weights: { data: area.read(weights, classes * d), rows: classes, columns: d },
        bias: area.read(bias, classes),
        sweeps,
      }
    },
  }
}

/** Bytes that training takes beside the rows. */
const scratchOf = (n: number, d: number, classes: number): number =>
  (n * (4 + classes) + classes * (d + 6) + 4) * 4 + n * classes + 16 * 64

/** Bytes of a memory that is kept. */
const KEPT = 24 * 2 ** 20
/** Where the first thing lies in a memory. */
const FIRST = 1024

type Home = { memory: WebAssembly.Memory; exports: Exports }

/** A memory never shrinks, so one that is large is made for a call; a small one is kept, since its pages cost more than the work. */
function rooms(module: WebAssembly.Module) {
  const anew = (bytes: number): Home => {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) + 2 })
    const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports
    return { memory, exports }
  }
  let kept: Home | undefined
  const some = (bytes: number) => {
    if (bytes > KEPT) return room(anew(bytes))
    kept ??= anew(KEPT)
    return room(kept)
  }
  return Object.assign(some, { anew })
}

function room({ memory, exports }: Home) {
  let free = FIRST
  const area = {
    take(size: number): number {
      const at = free
      free = (free + size + 63) & ~63
      return at
    },
    zeros(size: number): number {
      const at = area.take(size)
      new Uint8Array(memory.buffer, at, size).fill(0)
      return at
    },
    write(at: number, data: Float32Array | Uint32Array): void {
      const View = data instanceof Float32Array ? Float32Array : Uint32Array
      new View(memory.buffer, at, data.length).set(data)
    },
    put(data: Float32Array | Uint32Array): number {
      const at = area.take(data.byteLength)
      area.write(at, data)
      return at
    },
    read: (at: number, length: number): Float32Array => new Float32Array(memory.buffer, at, length).slice(),
  }
  return { exports, area }
}

/** Copies the upper triangle of d x d to the lower. */
function mirrorUpper(data: Matrix['data'], d: number): void {
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) data[i * d + j] = data[j * d + i]!
}
