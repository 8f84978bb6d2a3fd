import { kernels } from '../kernels/kernels.ts'
import type { Rows } from '../numbers/rows.ts'

/** Memory for whitened rows that one fit after another uses: no two of them are needed at once. */
export class Workspace {
  private readonly capacity: number
  private readonly classes: number
  private last: Rows | undefined

  /** @param capacity rows at most @param classes at most */
  constructor(capacity: number, classes: number) {
    this.capacity = capacity
    this.classes = classes
  }

  /** Rows to be written; those of the last call are overwritten. */
  take(rows: number, columns: number, classes: number): Rows {
    this.last ??= kernels().allocateRows({ rows: this.capacity, columns, classes: this.classes })
    this.last = kernels().allocateRows({ rows, columns, classes }, this.last)
    return this.last
  }
}
