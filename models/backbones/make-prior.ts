import { average, meanFeatures } from '../numbers/features.ts'
import { EFFORTS, RANDOM_VIEWS, type View } from '../views.ts'
import { viewCovariance } from '../whitening/covariance.ts'
import { encodePrior } from './prior.ts'

/** How pictures are usually asked about; what a background is the mean of. */
const ASKED: View[] = EFFORTS.balanced
/** Views of each picture that a prior is made from. */
export const PRIOR_VIEWS: View[] = [...ASKED, ...RANDOM_VIEWS]
/** Largest covariance in the file. Any scale serves; this one uses the range of half precision. */
const LARGEST = 64

/**
 * The file for `readPrior` and `readBackground`: the covariance of views around the mean of their picture, and the mean of the pictures.
 * @param pictures features of the views of each picture, in the order of `PRIOR_VIEWS` @returns null where no features differ between views
 */
export function makePriorFile(pictures: Float32Array[][]): Uint8Array | null {
  const covariance = viewCovariance(pictures.map((views) => views.slice(ASKED.length)))
  if (!covariance) return null
  const largest = covariance.upper.reduce((a, b) => Math.max(a, b), 0)
  const upper = covariance.upper.map((v) => (LARGEST * v) / (largest || 1))
  return encodePrior(
    { ...covariance, upper },
    meanFeatures(pictures.map((views) => average(views.slice(0, ASKED.length)))),
  )
}
