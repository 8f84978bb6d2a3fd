import { kernels } from '../kernels/kernels.ts'
import type { Rows } from '../numbers/rows.ts'

/** One room for whitened rows: no two are needed at once. */
export class Desk {
  private readonly capacity: number
  private readonly classes: number
  private last: Rows | undefined

  /** @param capacity rows at most @param classes at most */
  constructor(capacity: number, classes: number) {
    this.capacity = capacity
    this.classes = classes
  }

  take(rows: number, columns: number, classes: number): Rows {
    this.last ??= kernels().room(this.capacity, columns, this.classes)
    this.last = kernels().room(rows, columns, classes, this.last)
    return this.last
  }
}
