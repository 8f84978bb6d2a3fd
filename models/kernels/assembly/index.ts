// The inner loops, in AssemblyScript with 128-bit SIMD; `../plain.ts` is the same in TypeScript. Pointers are byte offsets into the memory; matrices
// are row-major f32; d is a multiple of 4 (padded).

export { addMoment } from "./moment";
export { multiply } from "./multiply";
export { cholesky, invertTransposed, solveUpper } from "./triangular";
export { packRows } from "./rows";
export { beginSvm, sweepSvm } from "./svm";
