import { allRows, bytesOfRows, rowsIn } from '../numbers/rows.ts'
import type { Kernels } from './kernels.ts'

/** The same loops as assembly/index.ts in TypeScript: what to read first, and the fallback. */
export const plainKernels: Kernels = {
  name: 'plain',

  room: (rows, columns) => rowsIn(new ArrayBuffer(bytesOfRows(rows, columns)), 0, rows, columns),

  pack({ data, rows, columns: d }, to, start) {
    for (let r = 0; r < rows; r++) {
      let top = 0
      for (let i = r * d; i < (r + 1) * d; i++) top = Math.max(top, Math.abs(data[i]!))
      to.scales[start + r] = top / MOST
      for (let i = 0; i < d; i++)
        to.data[(start + r) * d + i] = top > 0 ? Math.round((data[r * d + i]! * MOST) / top) : 0
    }
  },

  secondMoment({ data, rows, columns: d }) {
    const sum = new Float64Array(d * d)
    for (let r = 0; r < rows; r++) {
      const x = data.subarray(r * d, r * d + d)
      for (let i = 0; i < d; i++) {
        const xi = x[i]!
        for (let j = 0; j < d; j++) sum[i * d + j]! += xi * x[j]!
      }
    }
    return { data: Float32Array.from(sum), rows: d, columns: d }
  },

  whitener({ data, columns: d }) {
    const l = Float32Array.from(data)
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < i; j++) {
        l[i * d + j] = (l[i * d + j]! - dot(l, i * d, l, j * d, j)) / l[j * d + j]!
      }
      const pivot = l[i * d + i]! - dot(l, i * d, l, i * d, i)
      if (!(pivot > 0)) return null
      l[i * d + i] = Math.sqrt(pivot)
    }
    const b = new Float32Array(d * d)
    for (let k = 0; k < d; k++) {
      b[k * d + k] = 1 / l[k * d + k]!
      for (let i = k + 1; i < d; i++) b[k * d + i] = -dot(l, i * d + k, b, k * d + k, i - k) / l[i * d + i]!
    }
    return { data: b, rows: d, columns: d }
  },

  solveUpper({ data: u, columns: d }, { data, rows }) {
    const x = data.slice()
    for (let at = 0; at < x.length; at += d)
      for (let i = d - 1; i >= 0; i--)
        x[at + i] = (x[at + i]! - dot(u, i * d + i + 1, x, at + i + 1, d - i - 1)) / u[i * d + i]!
    return { data: x, rows, columns: d }
  },

  multiplyUpper(x, b) {
    const z = new Float32Array(x.rows * b.columns)
    for (let r = 0; r < x.rows; r++) {
      for (let i = 0; i < x.columns; i++) {
        const v = x.data[r * x.columns + i]!
        for (let j = i; j < b.columns; j++) z[r * b.columns + j]! += v * b.data[i * b.columns + j]!
      }
    }
    return { data: z, rows: x.rows, columns: b.columns }
  },

  product(x, w) {
    const d = x.columns
    const data = new Float32Array(x.rows * w.rows)
    for (let r = 0; r < x.rows; r++)
      for (let c = 0; c < w.rows; c++) {
        let sum = 0
        for (let i = 0; i < d; i++) sum += x.data[r * d + i]! * w.data[c * d + i]!
        data[r * w.rows + c] = sum
      }
    return { data, rows: x.rows, columns: w.rows }
  },

  // Hsieh et al. 2008, algorithm 3, L2 loss.
  trainSvm({ x, y, classes, cost, tolerance, maxSweeps, seed }) {
    const { data, rows: n, columns: d } = allRows(x)
    const bias = new Float32Array(classes)
    const weights = new Float32Array(classes * d)
    const norm = Float32Array.from({ length: n }, (_, i) => dot(data, i * d, data, i * d, d) + 1)
    let most = 0
    for (let c = 0; c < classes; c++) {
      const w = c * d
      const alpha = new Float32Array(n)
      const add = (i: number, move: number): void => {
        bias[c]! += move
        for (let j = 0; j < d; j++) weights[w + j]! += move * data[i * d + j]!
      }
      const random = xorshift(seed)
      let active = Uint32Array.from({ length: n }, (_, i) => i)
      let lastTop = Infinity
      for (let sweep = 1; sweep <= maxSweeps; sweep++) {
        most = Math.max(most, sweep)
        shuffle(active, random)
        let top = -Infinity
        let bottom = Infinity
        const kept: number[] = []
        for (const i of active) {
          const sign = y[i] === c ? 1 : -1
          const ridge = 0.5 / cost[i]!
          const a = alpha[i]!
          const gradient = sign * (dot(data, i * d, weights, w, d) + bias[c]!) - 1 + a * ridge
          if (a === 0 && gradient > lastTop) continue
          kept.push(i)
          const projected = a === 0 ? Math.min(gradient, 0) : gradient
          top = Math.max(top, projected)
          bottom = Math.min(bottom, projected)
          if (projected === 0) continue
          alpha[i] = Math.max(a - gradient / (norm[i]! + ridge), 0)
          add(i, (alpha[i]! - a) * sign)
        }
        active = Uint32Array.from(kept)
        lastTop = top > 0 ? top : Infinity
        if (top - bottom <= tolerance || active.length === 0) {
          if (active.length === n) break
          active = Uint32Array.from({ length: n }, (_, i) => i)
          lastTop = Infinity
        }
      }
    }
    return { weights: { data: weights, rows: classes, columns: d }, bias, sweeps: most }
  },
}

/** The largest integer that a row is packed into. */
const MOST = 32_767

function dot(a: Float32Array, from: number, b: Float32Array, at: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += a[from + i]! * b[at + i]!
  return sum
}

function xorshift(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

function shuffle(list: Uint32Array, random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random() % (i + 1)
    const t = list[i]!
    list[i] = list[j]!
    list[j] = t
  }
}
