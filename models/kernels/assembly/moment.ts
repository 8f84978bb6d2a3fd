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
