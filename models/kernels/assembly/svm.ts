import { seedRandom, shuffle } from "./random";
import { unpackRow } from "./rows";
import { step } from "./svm-step";
import { dot, sum } from "./vector";

// One-vs-rest linear SVM with L2 loss, by dual coordinate descent with shrinking (Hsieh et al. 2008, algorithm 3). All classes are swept together, four
// at a time, so that a row is fetched once for all of them.
//
// Q[n, d]       rows in 16 bits, each times its scales[n], with a 1 behind its end for the bias
// y[n]          usize, class of a row; cost[n]: C of a row
// alpha[n, K], W[K, d], bias[K]: what is trained; zeros before
// x[d], norm[n], active[n, K] (bytes), order[n] (usize), list[K + 4] (usize): scratch
// range[K, 4]   scratch; of a class: largest projected gradient of the last sweep, largest now, smallest now, 1 when done

/** Makes the scratch space ready. `sweepSvm` is a call of its own, so that the engine has optimized it when it matters. */
export function beginSvm(
  Q: usize, scales: usize, x: usize, n: usize, d: usize, K: usize, norm: usize, active: usize, order: usize, range: usize, seed: usize,
): void {
  seedRandom(seed);
  for (let i: usize = 0; i < n; i++) {
    unpackRow(Q + i * (d << 1), d, load<f32>(scales + (i << 2)), x);
    store<f32>(norm + (i << 2), dot(x, x, d) + 1);
    store<usize>(order + (i << 2), i);
  }
  memory.fill(active, 1, n * K);
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
  shuffle(order, n);
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
  return endSweep(n, K, active, range, tolerance);
}

/** Decides for each class whether it has converged, and below which gradient rows are left out of its next sweep. Returns how many are open. */
// @ts-ignore: AssemblyScript decorator
@inline
function endSweep(n: usize, K: usize, active: usize, range: usize, tolerance: f32): usize {
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
