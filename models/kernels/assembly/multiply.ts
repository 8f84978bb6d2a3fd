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
