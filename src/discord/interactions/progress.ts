import type { Words } from '../../locales/words.ts'
import type { Progress } from '../../progress.ts'
import { isAnswered } from './deliver.ts'
import type { RepliableInteraction } from './repliable.ts'

/** Between two edits of one answer: Discord allows five in five seconds for everything in a channel. */
const EDIT_INTERVAL_MS = 2_000

/** Shows progress in the place of the answer: now and then, and never two edits at once. */
export function progressEditor(from: RepliableInteraction, words: Words): (progress: Progress) => void {
  let lastEdit = performance.now()
  let isEditing = false
  return (progress) => {
    const now = performance.now()
    if (isEditing || isAnswered(from) || now - lastEdit < EDIT_INTERVAL_MS) return
    lastEdit = now
    isEditing = true
    from
      .editReply({ content: words.progress(progress) })
      // The next edit or the answer itself will do.
      .catch(() => {})
      .finally(() => {
        isEditing = false
      })
  }
}
