// xorshift32 (Marsaglia 2003).

let state: u32 = 1;

export function seedRandom(seed: usize): void {
  state = <u32>seed | 1;
}

function random(): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

/** Fisher-Yates shuffle of n numbers. */
// @ts-ignore: AssemblyScript decorator
@inline
export function shuffle(list: usize, n: usize): void {
  for (let i: usize = n - 1; i > 0 && i < n; i--) {
    const j = <usize>random() % (i + 1);
    const t = load<usize>(list + (i << 2));
    store<usize>(list + (i << 2), load<usize>(list + (j << 2)));
    store<usize>(list + (j << 2), t);
  }
}
