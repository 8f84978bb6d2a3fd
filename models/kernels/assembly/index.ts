// The inner loops, in AssemblyScript with 128-bit SIMD. plain.ts is the same in TypeScript: the reference and the
// fallback. Pointers are byte offsets into the memory; matrices are row-major f32; d is a multiple of 4 (padded).

/** Sum of x[i] * y[i], i < d. */
// @ts-ignore: AssemblyScript decorator
@inline
function dot(x: usize, y: usize, d: usize): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let e = f32x4.splat(0);
  let i: usize = 0;
  const end16 = d & ~15;
  for (; i < end16; i += 16) {
    const p = x + (i << 2);
    const q = y + (i << 2);
    a = f32x4.add(a, f32x4.mul(v128.load(p), v128.load(q)));
    b = f32x4.add(b, f32x4.mul(v128.load(p, 16), v128.load(q, 16)));
    c = f32x4.add(c, f32x4.mul(v128.load(p, 32), v128.load(q, 32)));
    e = f32x4.add(e, f32x4.mul(v128.load(p, 48), v128.load(q, 48)));
  }
  for (; i + 4 <= d; i += 4) a = f32x4.add(a, f32x4.mul(v128.load(x + (i << 2)), v128.load(y + (i << 2))));
  let s = sum(f32x4.add(f32x4.add(a, b), f32x4.add(c, e)));
  for (; i < d; i++) s += load<f32>(x + (i << 2)) * load<f32>(y + (i << 2));
  return s;
}

// @ts-ignore: AssemblyScript decorator
@inline
function sum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/**
 * Rows `from` to `to` of S[d, d] += X[rows, d]' X, upper triangle of 4 x 8 tiles; d, from and to multiples of 8. 64 rows of X at a time
 * are laid out in panel[d / 8, 64, 8], eight columns side by side, so that a tile reads what lies together.
 */
export function addMoment(X: usize, rows: usize, d: usize, S: usize, panel: usize, from: usize, to: usize): void {
  for (let r: usize = 0; r < rows; r += 64) addPanel(X + r * (d << 2), min<usize>(64, rows - r), d, S, panel, from, to);
}

function addPanel(X: usize, rows: usize, d: usize, S: usize, panel: usize, from: usize, end: usize): void {
  const stride = d << 2;
  for (let r: usize = 0; r < rows; r++) {
    const row = X + r * stride;
    for (let j: usize = from; j < d; j += 8) {
      const to = panel + (j << 8) + (r << 5);
      v128.store(to, v128.load(row + (j << 2)));
      v128.store(to, v128.load(row + (j << 2), 16), 16);
    }
  }
  for (let i: usize = from; i < end; i += 4) {
    const left = panel + ((i & ~7) << 8) + ((i & 4) << 2);
    for (let j: usize = i & ~7; j < d; j += 8) {
      let s = S + i * stride + (j << 2);
      let a0 = v128.load(s);
      let a1 = v128.load(s, 16);
      let b0 = v128.load(s + stride);
      let b1 = v128.load(s + stride, 16);
      let c0 = v128.load(s + 2 * stride);
      let c1 = v128.load(s + 2 * stride, 16);
      let e0 = v128.load(s + 3 * stride);
      let e1 = v128.load(s + 3 * stride, 16);
      let p = left;
      let q = panel + (j << 8);
      for (let r: usize = 0; r < rows; r++) {
        const y0 = v128.load(q);
        const y1 = v128.load(q, 16);
        let x = v128.load32_splat(p);
        a0 = f32x4.add(a0, f32x4.mul(x, y0));
        a1 = f32x4.add(a1, f32x4.mul(x, y1));
        x = v128.load32_splat(p, 4);
        b0 = f32x4.add(b0, f32x4.mul(x, y0));
        b1 = f32x4.add(b1, f32x4.mul(x, y1));
        x = v128.load32_splat(p, 8);
        c0 = f32x4.add(c0, f32x4.mul(x, y0));
        c1 = f32x4.add(c1, f32x4.mul(x, y1));
        x = v128.load32_splat(p, 12);
        e0 = f32x4.add(e0, f32x4.mul(x, y0));
        e1 = f32x4.add(e1, f32x4.mul(x, y1));
        p += 32;
        q += 32;
      }
      v128.store(s, a0);
      v128.store(s, a1, 16);
      v128.store(s + stride, b0);
      v128.store(s + stride, b1, 16);
      v128.store(s + 2 * stride, c0);
      v128.store(s + 2 * stride, c1, 16);
      v128.store(s + 3 * stride, e0);
      v128.store(s + 3 * stride, e1, 16);
    }
  }
}

/**
 * Z[n, m] = X[n, k] B[k, m]; n a multiple of 4, m of 8. With `upper`, B[i, j] is zero for i > j and skipped. Eight columns
 * of B at a time are laid side by side in panel[k, 8], so that they stay in the nearest cache.
 */
export function multiply(X: usize, n: usize, k: usize, B: usize, m: usize, Z: usize, panel: usize, upper: bool): void {
  const xs = k << 2;
  const bs = m << 2;
  for (let j: usize = 0; j < m; j += 8) {
    const last = upper ? min(k, j + 8) : k;
    for (let i: usize = 0; i < last; i++) {
      v128.store(panel + (i << 5), v128.load(B + i * bs + (j << 2)));
      v128.store(panel + (i << 5), v128.load(B + i * bs + (j << 2), 16), 16);
    }
    for (let r: usize = 0; r < n; r += 4) {
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      let b0 = f32x4.splat(0);
      let b1 = f32x4.splat(0);
      let c0 = f32x4.splat(0);
      let c1 = f32x4.splat(0);
      let e0 = f32x4.splat(0);
      let e1 = f32x4.splat(0);
      let p = X + r * xs;
      let q = panel;
      for (let i: usize = 0; i < last; i++) {
        const y0 = v128.load(q);
        const y1 = v128.load(q, 16);
        let x = v128.load32_splat(p);
        a0 = f32x4.add(a0, f32x4.mul(x, y0));
        a1 = f32x4.add(a1, f32x4.mul(x, y1));
        x = v128.load32_splat(p + xs);
        b0 = f32x4.add(b0, f32x4.mul(x, y0));
        b1 = f32x4.add(b1, f32x4.mul(x, y1));
        x = v128.load32_splat(p + 2 * xs);
        c0 = f32x4.add(c0, f32x4.mul(x, y0));
        c1 = f32x4.add(c1, f32x4.mul(x, y1));
        x = v128.load32_splat(p + 3 * xs);
        e0 = f32x4.add(e0, f32x4.mul(x, y0));
        e1 = f32x4.add(e1, f32x4.mul(x, y1));
        p += 4;
        q += 32;
      }
      const z = Z + r * bs + (j << 2);
      v128.store(z, a0);
      v128.store(z, a1, 16);
      v128.store(z + bs, b0);
      v128.store(z + bs, b1, 16);
      v128.store(z + 2 * bs, c0);
      v128.store(z + 2 * bs, c1, 16);
      v128.store(z + 3 * bs, e0);
      v128.store(z + 3 * bs, e1, 16);
    }
  }
}

/** Dots of y with four rows that are `stride` bytes apart, in the lanes of the answer. */
// @ts-ignore: AssemblyScript decorator
@inline
function dot4(x: usize, stride: usize, y: usize, d: usize): v128 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let e = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 4 <= d; i += 4) {
    const p = x + (i << 2);
    const v = v128.load(y + (i << 2));
    a = f32x4.add(a, f32x4.mul(v, v128.load(p)));
    b = f32x4.add(b, f32x4.mul(v, v128.load(p + stride)));
    c = f32x4.add(c, f32x4.mul(v, v128.load(p + 2 * stride)));
    e = f32x4.add(e, f32x4.mul(v, v128.load(p + 3 * stride)));
  }
  let s = f32x4.replace_lane(f32x4.splat(sum(a)), 1, sum(b));
  s = f32x4.replace_lane(f32x4.replace_lane(s, 2, sum(c)), 3, sum(e));
  for (; i < d; i++) {
    const p = x + (i << 2);
    let v = f32x4.replace_lane(f32x4.splat(load<f32>(p)), 1, load<f32>(p + stride));
    v = f32x4.replace_lane(f32x4.replace_lane(v, 2, load<f32>(p + 2 * stride)), 3, load<f32>(p + 3 * stride));
    s = f32x4.add(s, f32x4.mul(v, f32x4.splat(load<f32>(y + (i << 2)))));
  }
  return s;
}

// @ts-ignore: AssemblyScript decorator
@inline
function storeColumn(to: usize, stride: usize, v: v128): void {
  store<f32>(to, f32x4.extract_lane(v, 0));
  store<f32>(to + stride, f32x4.extract_lane(v, 1));
  store<f32>(to + 2 * stride, f32x4.extract_lane(v, 2));
  store<f32>(to + 3 * stride, f32x4.extract_lane(v, 3));
}

// @ts-ignore: AssemblyScript decorator
@inline
function loadColumn(from: usize, stride: usize): v128 {
  let v = f32x4.replace_lane(f32x4.splat(load<f32>(from)), 1, load<f32>(from + stride));
  return f32x4.replace_lane(f32x4.replace_lane(v, 2, load<f32>(from + 2 * stride)), 3, load<f32>(from + 3 * stride));
}

// @ts-ignore: AssemblyScript decorator
@inline
function times(v: v128, by: usize): v128 {
  return f32x4.mul(v, v128.load32_splat(by));
}

// @ts-ignore: AssemblyScript decorator
@inline
function over(v: v128, by: usize): v128 {
  return f32x4.div(v, v128.load32_splat(by));
}

/**
 * A[d, d] symmetric, lower triangle read, becomes its Cholesky factor L in place, four rows at a time; d a multiple of 4.
 * False: not positive definite.
 */
export function cholesky(A: usize, d: usize): bool {
  const stride = d << 2;
  for (let i: usize = 0; i < d; i += 4) {
    const rows = A + i * stride;
    for (let j: usize = 0; j < i; j += 4) {
      // Sixteen entries a time: what was stored last is read again only in the next tile.
      const at = rows + (j << 2);
      const corner = A + j * stride + (j << 2);
      const a = over(f32x4.sub(loadColumn(at, stride), dot4(rows, stride, A + j * stride, j)), corner);
      let left = f32x4.sub(loadColumn(at + 4, stride), dot4(rows, stride, A + (j + 1) * stride, j));
      const b = over(f32x4.sub(left, times(a, corner + stride)), corner + stride + 4);
      left = f32x4.sub(loadColumn(at + 8, stride), dot4(rows, stride, A + (j + 2) * stride, j));
      left = f32x4.sub(left, f32x4.add(times(a, corner + 2 * stride), times(b, corner + 2 * stride + 4)));
      const c = over(left, corner + 2 * stride + 8);
      left = f32x4.sub(loadColumn(at + 12, stride), dot4(rows, stride, A + (j + 3) * stride, j));
      left = f32x4.sub(left, f32x4.add(times(a, corner + 3 * stride), times(b, corner + 3 * stride + 4)));
      const e = over(f32x4.sub(left, times(c, corner + 3 * stride + 8)), corner + 3 * stride + 12);
      storeColumn(at, stride, a);
      storeColumn(at + 4, stride, b);
      storeColumn(at + 8, stride, c);
      storeColumn(at + 12, stride, e);
    }
    for (let k = i; k < i + 4; k++) {
      const rowK = A + k * stride;
      for (let j = i; j < k; j++) {
        const rowJ = A + j * stride;
        store<f32>(rowK + (j << 2), (load<f32>(rowK + (j << 2)) - dot(rowK, rowJ, j)) / load<f32>(rowJ + (j << 2)));
      }
      const pivot = load<f32>(rowK + (k << 2)) - dot(rowK, rowK, k);
      if (!(pivot > 0)) return false;
      store<f32>(rowK + (k << 2), sqrt<f32>(pivot));
    }
  }
  return true;
}

/**
 * Rows `from` to `to` of B[d, d] = inverse of L[d, d] transposed, upper triangular, zeros before; four rows at a time, all multiples of 4.
 */
export function invertTransposed(L: usize, d: usize, B: usize, from: usize, to: usize): void {
  const stride = d << 2;
  for (let k: usize = from; k < to; k += 4) {
    const rows = B + k * stride;
    for (let r = k; r < k + 4; r++) {
      const row = B + r * stride;
      store<f32>(row + (r << 2), 1 / load<f32>(L + r * stride + (r << 2)));
      for (let i = r + 1; i < k + 4; i++) {
        const l = L + i * stride;
        store<f32>(row + (i << 2), -dot(l + (r << 2), row + (r << 2), i - r) / load<f32>(l + (i << 2)));
      }
    }
    for (let i = k + 4; i < d; i++) {
      const l = L + i * stride;
      const s = dot4(rows + (k << 2), stride, l + (k << 2), i - k);
      storeColumn(rows + (i << 2), stride, f32x4.div(f32x4.neg(s), f32x4.splat(load<f32>(l + (i << 2)))));
    }
  }
}

/** Each row v of V[rows, d] becomes the solution of U x = v, for an upper triangular U[d, d], by back substitution. */
export function solveUpper(U: usize, d: usize, V: usize, rows: usize): void {
  const stride = d << 2;
  for (let left = d; left > 0; left--) {
    const i = left - 1;
    const u = U + i * stride;
    const pivot = load<f32>(u + (i << 2));
    for (let r: usize = 0; r < rows; r++) {
      const at = V + r * stride + (i << 2);
      store<f32>(at, (load<f32>(at) - dot(u + (left << 2), at + 4, d - left)) / pivot);
    }
  }
}

/** Rows X[n, d] in 16 bits: Q[n, d] times scales[n]; the largest of a row becomes 32,767; d a multiple of 8. */
export function packRows(X: usize, n: usize, d: usize, Q: usize, scales: usize): void {
  const stride = d << 2;
  for (let r: usize = 0; r < n; r++) {
    const x = X + r * stride;
    const q = Q + r * (d << 1);
    let most = f32x4.splat(0);
    for (let o: usize = 0; o < stride; o += 16) most = f32x4.max(most, f32x4.abs(v128.load(x + o)));
    const top = max<f32>(
      max<f32>(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max<f32>(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    store<f32>(scales + (r << 2), top / 32767);
    const by = f32x4.splat(top > 0 ? 32767 / top : 0);
    for (let o: usize = 0; o < stride; o += 32) {
      const low = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x + o), by)));
      const high = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x + o, 16), by)));
      v128.store(q + (o >> 1), i16x8.narrow_i32x4_s(low, high));
    }
  }
}

// @ts-ignore: AssemblyScript decorator
@inline
function unpackRow(q: usize, d: usize, scale: f32, to: usize): void {
  const by = f32x4.splat(scale);
  for (let o: usize = 0; o < d << 1; o += 16) {
    const v = v128.load(q + o);
    v128.store(to + (o << 1), f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(v)), by));
    v128.store(to + (o << 1), f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(v)), by), 16);
  }
}

let state: u32 = 1;
function random(): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

/**
 * L2-loss linear SVM, one-vs-rest, by dual coordinate descent with shrinking (Hsieh et al. 2008, algorithm 3).
 * All classes are swept together, so a row is fetched once for all of them, four classes a pass.
 * Q[n, d] rows in 16 bits, each times its scales[n] and with an unseen 1 at its end for the bias; x[d] scratch; y[n] usize class of a row; cost[n] C of a row; norm[n] scratch;
 * alpha[n, K], W[K, d] and bias[K] zeros; active[n, K] bytes, scratch; order[n] usize and list[K + 4] usize
 * scratch; range[K, 4] scratch. This makes them ready; then a sweep at a time, so that the engine has made it fast when it matters.
 */
export function beginSvm(
  Q: usize, scales: usize, x: usize, n: usize, d: usize, K: usize, norm: usize, active: usize, order: usize, range: usize, seed: usize,
): void {
  state = <u32>seed | 1;
  for (let i: usize = 0; i < n; i++) {
    unpackRow(Q + i * (d << 1), d, load<f32>(scales + (i << 2)), x);
    store<f32>(norm + (i << 2), dot(x, x, d) + 1);
    store<usize>(order + (i << 2), i);
  }
  memory.fill(active, 1, n * K);
  // range of a class: [largest projected gradient of the last sweep, largest now, smallest now, 1 when done]
  for (let c: usize = 0; c < K; c++) {
    store<f32>(range + (c << 4), f32.MAX_VALUE);
    store<f32>(range + (c << 4), 0, 12);
  }
}

/** Returns how many classes have not converged. */
export function sweepSvm(
  Q: usize, scales: usize, x: usize, n: usize, d: usize, K: usize, y: usize, cost: usize, norm: usize, alpha: usize, W: usize, bias: usize,
  active: usize, order: usize, list: usize, range: usize, tolerance: f32,
): usize {
  const stride = d << 2;
  for (let c: usize = 0; c < K; c++) {
    store<f32>(range + (c << 4), -f32.MAX_VALUE, 4);
    store<f32>(range + (c << 4), f32.MAX_VALUE, 8);
  }
  for (let i: usize = n - 1; i > 0 && i < n; i--) {
    const j = <usize>random() % (i + 1);
    const t = load<usize>(order + (i << 2));
    store<usize>(order + (i << 2), load<usize>(order + (j << 2)));
    store<usize>(order + (j << 2), t);
  }
  for (let at: usize = 0; at < n; at++) {
    const i = load<usize>(order + (at << 2));
    const flags = active + i * K;
    let m: usize = 0;
    for (let c: usize = 0; c < K; c++) {
      if (load<u8>(flags + c) && load<f32>(range + (c << 4), 12) == 0) store<usize>(list + (m++ << 2), c);
    }
    if (m == 0) continue;
    unpackRow(Q + i * (d << 1), d, load<f32>(scales + (i << 2)), x);
    const own = load<usize>(y + (i << 2));
    const ridge = <f32>0.5 / load<f32>(cost + (i << 2));
    const q = load<f32>(norm + (i << 2)) + ridge;
    for (let k = m; k & 3; k++) store<usize>(list + (k << 2), load<usize>(list + ((m - 1) << 2)));
    for (let k: usize = 0; k < m; k += 4) {
      const w0 = W + load<usize>(list + (k << 2)) * stride;
      const w1 = W + load<usize>(list + (k << 2), 4) * stride;
      const w2 = W + load<usize>(list + (k << 2), 8) * stride;
      const w3 = W + load<usize>(list + (k << 2), 12) * stride;
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      for (let o: usize = 0; o < stride; o += 32) {
        let v = v128.load(x + o);
        s0 = f32x4.add(s0, f32x4.mul(v, v128.load(w0 + o)));
        s1 = f32x4.add(s1, f32x4.mul(v, v128.load(w1 + o)));
        s2 = f32x4.add(s2, f32x4.mul(v, v128.load(w2 + o)));
        s3 = f32x4.add(s3, f32x4.mul(v, v128.load(w3 + o)));
        v = v128.load(x + o, 16);
        s0 = f32x4.add(s0, f32x4.mul(v, v128.load(w0 + o, 16)));
        s1 = f32x4.add(s1, f32x4.mul(v, v128.load(w1 + o, 16)));
        s2 = f32x4.add(s2, f32x4.mul(v, v128.load(w2 + o, 16)));
        s3 = f32x4.add(s3, f32x4.mul(v, v128.load(w3 + o, 16)));
      }
      const many = min<usize>(4, m - k);
      step(x, stride, W, bias, i, load<usize>(list + (k << 2)), K, own, sum(s0), ridge, q, alpha, flags, range);
      if (many > 1) step(x, stride, W, bias, i, load<usize>(list + (k << 2), 4), K, own, sum(s1), ridge, q, alpha, flags, range);
      if (many > 2) step(x, stride, W, bias, i, load<usize>(list + (k << 2), 8), K, own, sum(s2), ridge, q, alpha, flags, range);
      if (many > 3) step(x, stride, W, bias, i, load<usize>(list + (k << 2), 12), K, own, sum(s3), ridge, q, alpha, flags, range);
    }
  }
  let open: usize = 0;
  for (let c: usize = 0; c < K; c++) {
    const r = range + (c << 4);
    if (load<f32>(r, 12) != 0) continue;
    if (load<f32>(r, 4) - load<f32>(r, 8) <= tolerance) {
      // Converged on what was left: done if that was everything, else look at all of it once more.
      let shrunk = false;
      for (let i: usize = 0; i < n; i++) {
        if (!load<u8>(active + i * K + c)) { shrunk = true; store<u8>(active + i * K + c, 1); }
      }
      if (!shrunk) { store<f32>(r, 1, 12); continue; }
      store<f32>(r, f32.MAX_VALUE);
    } else {
      const top = load<f32>(r, 4);
      store<f32>(r, top > 0 ? top : f32.MAX_VALUE);
    }
    open++;
  }
  return open;
}

// @ts-ignore: AssemblyScript decorator
@inline
function step(
  x: usize, stride: usize, W: usize, bias: usize, i: usize, c: usize, K: usize, own: usize, score: f32, ridge: f32, q: f32,
  alpha: usize, flags: usize, range: usize,
): void {
  const sign: f32 = own == c ? 1 : -1;
  const at = alpha + ((i * K + c) << 2);
  const a = load<f32>(at);
  const gradient = sign * (score + load<f32>(bias + (c << 2))) - 1 + a * ridge;
  const r = range + (c << 4);
  if (a == 0) {
    if (gradient > load<f32>(r)) { store<u8>(flags + c, 0); return; }
    if (gradient >= 0) {
      store<f32>(r, max<f32>(load<f32>(r, 4), 0), 4);
      store<f32>(r, min<f32>(load<f32>(r, 8), 0), 8);
      return;
    }
  }
  store<f32>(r, max<f32>(load<f32>(r, 4), gradient), 4);
  store<f32>(r, min<f32>(load<f32>(r, 8), gradient), 8);
  const next = max<f32>(a - gradient / q, 0);
  const move = (next - a) * sign;
  if (move == 0) return;
  store<f32>(at, next);
  store<f32>(bias + (c << 2), load<f32>(bias + (c << 2)) + move);
  const v = f32x4.splat(move);
  const w = W + c * stride;
  for (let o: usize = 0; o < stride; o += 16) {
    v128.store(w + o, f32x4.add(v128.load(w + o), f32x4.mul(v, v128.load(x + o))));
  }
}
