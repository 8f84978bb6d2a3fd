import type { PictureViews } from '../../../models/whitening/covariance.ts'
import type { TrainingJob } from './messages.ts'

/** The same job with its views in one memory that every thread sees, as the rows are: no thread copies them. */
export function shareViews(job: TrainingJob): TrainingJob {
  const views = job.embeddings.flatMap((e) => e.views).flatMap((picture) => picture.views)
  const length = views.reduce((sum, view) => sum + view.length, 0)
  const memory = new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT))
  let used = 0
  const move = (view: Float32Array): Float32Array => {
    const place = memory.subarray(used, used + view.length)
    place.set(view)
    used += view.length
    return place
  }
  const moveViews = ({ row, views }: PictureViews): PictureViews => ({ row, views: views.map(move) })
  return { ...job, embeddings: job.embeddings.map((e) => ({ ...e, views: e.views.map(moveViews) })) }
}
