import type { TrainingJob } from './messages.ts'

/** The same job with its views in one memory that every thread sees, as the rows are: no thread copies them. */
export function shareViews(job: TrainingJob): TrainingJob {
  const length = job.views.flatMap(({ views }) => views).reduce((sum, view) => sum + view.length, 0)
  const memory = new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT))
  let used = 0
  const move = (view: Float32Array): Float32Array => {
    const place = memory.subarray(used, used + view.length)
    place.set(view)
    used += view.length
    return place
  }
  return { ...job, views: job.views.map(({ row, views }) => ({ row, views: views.map(move) })) }
}
