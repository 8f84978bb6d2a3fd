import { type PageResult, type ProgressEvent, run } from './api.ts'
import { signal } from './html.ts'
import { loadMe } from './me.ts'

/** Whether this tab started the training that is told of: it shows it itself. */
export const isTrainingHere = signal(false)
/** Milliseconds within which the event of the end arrives, besides the answer. */
const EVENT_WITHIN_MS = 2000

/** Trains the dataset that is shown. Throws ApiError */
export async function train(onProgress?: (progress: ProgressEvent) => void): Promise<PageResult[]> {
  isTrainingHere.value = true
  try {
    const results = await run('train', {}, { onProgress })
    await loadMe()
    return results
  } finally {
    setTimeout(() => {
      isTrainingHere.value = false
    }, EVENT_WITHIN_MS)
  }
}
