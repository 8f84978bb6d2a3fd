/** Softmax of each row of n x classes scores, written into p. */
export function softmaxInto(p: Float32Array, scores: Float32Array, classes: number): void {
  for (let at = 0; at < scores.length; at += classes) {
    let top = -Infinity
    for (let c = 0; c < classes; c++) top = Math.max(top, scores[at + c]!)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += p[at + c] = Math.exp(scores[at + c]! - top)
    for (let c = 0; c < classes; c++) p[at + c]! /= sum
  }
}

/** Mean log loss of some rows of n x classes scores. @param y class of every row */
export function logLoss(
  scores: Float32Array,
  y: Uint32Array,
  { rows, classes }: { rows: Uint32Array; classes: number },
): number {
  let sum = 0
  for (const r of rows) {
    const row = scores.subarray(r * classes, (r + 1) * classes)
    let top = -Infinity
    for (const s of row) top = Math.max(top, s)
    let total = 0
    for (const s of row) total += Math.exp(s - top)
    sum += top + Math.log(total) - row[y[r]!]!
  }
  return sum / rows.length
}
