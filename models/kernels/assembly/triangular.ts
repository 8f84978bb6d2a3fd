// Cholesky factors, and what is solved with triangular matrices.

import { loadColumn, storeColumn } from "./column";
import { dot, dot4 } from "./vector";

/** v times the float at `by`. */
// @ts-ignore: AssemblyScript decorator
@inline
function times(v: v128, by: usize): v128 {
  return f32x4.mul(v, v128.load32_splat(by));
}

/** v over the float at `by`. */
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
