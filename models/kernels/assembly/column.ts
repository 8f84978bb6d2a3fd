// Four values of a column, `stride` bytes apart, in the lanes of a vector.

// @ts-ignore: AssemblyScript decorator
@inline
export function storeColumn(to: usize, stride: usize, v: v128): void {
  store<f32>(to, f32x4.extract_lane(v, 0));
  store<f32>(to + stride, f32x4.extract_lane(v, 1));
  store<f32>(to + 2 * stride, f32x4.extract_lane(v, 2));
  store<f32>(to + 3 * stride, f32x4.extract_lane(v, 3));
}

// @ts-ignore: AssemblyScript decorator
@inline
export function loadColumn(from: usize, stride: usize): v128 {
  let v = f32x4.replace_lane(f32x4.splat(load<f32>(from)), 1, load<f32>(from + stride));
  return f32x4.replace_lane(f32x4.replace_lane(v, 2, load<f32>(from + 2 * stride)), 3, load<f32>(from + 3 * stride));
}
