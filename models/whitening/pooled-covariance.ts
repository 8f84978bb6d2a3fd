import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { addScaled, diagonalIndices, emptyTriangle, symmetricMatrix } from '../numbers/triangle.ts'
import { type Covariance, traceOf } from './covariance.ts'

/** Share of the identity in the sum: it keeps every direction from being stretched without end. */
const IDENTITY_SHARE = 0.05
/** Trace, of a covariance of vectors of length 1, below which it holds nothing but rounding. */
const MIN_TRACE = 1e-5

/**
 * The mean of covariances, each at trace d and weighted by its degrees of freedom, shrunk towards the identity: d x d, positive definite. The
 * identity alone where no covariance says anything. Temporary moments are freed.
 */
export function pooledCovariance(covariances: Covariance[], d: number): Matrix {
  const sum = emptyTriangle(d)
  const informative = covariances.map((c) => ({ ...c, trace: traceOf(c) })).filter((c) => c.trace > MIN_TRACE)
  const allDegrees = informative.reduce((sum, c) => sum + c.degrees, 0)
  const share = allDegrees > 0 ? 1 - IDENTITY_SHARE : 0
  for (const { terms, degrees, trace } of informative)
    for (const { moment, factor } of terms) addScaled(sum, moment, (factor * share * d * degrees) / allDegrees / trace)
  for (const i of diagonalIndices(sum)) sum.upper[i]! += 1 - share
  const pooled = symmetricMatrix(sum)
  const temporary = covariances.flatMap((c) => c.terms.filter((t) => t.temporary))
  freeArrays(sum.upper, ...temporary.map((t) => t.moment.upper))
  return pooled
}
