import { kernels, type Matrix } from './kernels/kernels.ts'

/** One room for whitened rows: no two are needed at once. */
export class Desk {
  private readonly capacity: number
  private last: Matrix | undefined

  constructor(capacity: number) {
    this.capacity = capacity
  }

  take(rows: number, columns: number, classes: number): Matrix {
    this.last ??= kernels().room(this.capacity, columns, classes)
    this.last = kernels().room(rows, columns, classes, this.last)
    return this.last
  }
}
