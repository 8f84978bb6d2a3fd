/**
 * One step of dual coordinate descent, for row i and class c; the arguments are those of `svm.ts`, and: x, the row as floats; own, its class; score, its
 * product with the weights; ridge, 0.5 / C; q, the diagonal of the dual Hessian; flags, the row's of `active`.
 */
// @ts-ignore: AssemblyScript decorator
@inline
export function step(
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
