import { withRetries } from './retries.ts'

/** Rows that one statement changes: a few tens of milliseconds, so that others get their turn. */
export const BATCH = 500

/** A list in parts of at most `BATCH`, as many values as a statement is given. */
export function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += BATCH) yield all.slice(start, start + BATCH)
}

/**
 * Repeats a change of at most `BATCH` rows until it finds none anymore; others have their turn between two batches.
 * @param changeSome one statement, as its result says. @returns how many rows there were
 */
export async function inBatches(
  changeSome: () => Promise<{ numDeletedRows: bigint } | { numUpdatedRows: bigint }>,
): Promise<number> {
  let all = 0
  for (let changed = BATCH; changed === BATCH; all += changed) {
    const result = await withRetries(changeSome)
    changed = Number('numDeletedRows' in result ? result.numDeletedRows : result.numUpdatedRows)
  }
  return all
}
