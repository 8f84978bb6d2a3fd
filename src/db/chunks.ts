/** Rows that one statement changes: a few tens of milliseconds, so that others get their turn. */
export const BATCH = 500

/** A list in parts of at most `BATCH`, as many values as a statement is given. */
export function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += BATCH) yield all.slice(start, start + BATCH)
}
