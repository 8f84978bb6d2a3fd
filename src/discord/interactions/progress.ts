import type { Words } from '../../locales/words.ts'
import type { Progress } from '../../progress.ts'
import { card, inPlace } from '../cards/card.ts'
import type { Waiting } from '../run-command.ts'
import { isAnswered } from './deliver.ts'
import type { RepliableInteraction } from './repliable.ts'

/** Between two edits of one answer: Discord allows five in five seconds for everything in a channel. */
const EDIT_INTERVAL_MS = 2_000

/** Shows progress in the place of the answer: now and then, and never two edits at once. */
export function progressEditor(from: RepliableInteraction, words: Words): (progress: Progress | Waiting) => void {
  let lastEdit = performance.now()
  let isEditing = false
  return (progress) => {
    const now = performance.now()
    const isWaiting = progress.of === 'turn'
    if (isEditing || isAnswered(from) || (!isWaiting && now - lastEdit < EDIT_INTERVAL_MS)) return
    lastEdit = now
    isEditing = true
    from
      .editReply(inPlace(card(progress.of === 'turn' ? words.waiting(progress) : words.progress(progress))))
      // The next edit or the answer itself will do.
      .catch(() => {})
      .finally(() => {
        isEditing = false
      })
  }
}
