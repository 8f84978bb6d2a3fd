/** Days for which a deleted label, or one that was merged, can be brought back. */
export const UNDO_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000

/** What was deleted before can no longer be brought back. */
export const undoEnd = (now = Date.now()): Date => new Date(now - UNDO_DAYS * DAY_MS)
