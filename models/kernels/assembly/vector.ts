// Sums and dot products of vectors of 32-bit floats.

/** Sum of x[i] * y[i], i < d. */
// @ts-ignore: AssemblyScript decorator
@inline
export function dot(x: usize, y: usize, d: usize): f32 {
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

/** Sum of the four lanes. */
// @ts-ignore: AssemblyScript decorator
@inline
export function sum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** Dots of y with four rows that are `stride` bytes apart, in the lanes of the answer. */
// @ts-ignore: AssemblyScript decorator
@inline
export function dot4(x: usize, stride: usize, y: usize, d: usize): v128 {
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
