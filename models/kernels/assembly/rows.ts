// Rows in 16 bits, each with its scale.

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

/** d values of a row, as floats. */
// @ts-ignore: AssemblyScript decorator
@inline
export function unpackRow(q: usize, d: usize, scale: f32, to: usize): void {
  const by = f32x4.splat(scale);
  for (let o: usize = 0; o < d << 1; o += 16) {
    const v = v128.load(q + o);
    v128.store(to + (o << 1), f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(v)), by));
    v128.store(to + (o << 1), f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(v)), by), 16);
  }
}
