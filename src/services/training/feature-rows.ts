import { average } from '../../../models/numbers/features.ts'
import { makeRows, type Rows, setRow } from '../../../models/numbers/rows.ts'
import type { TrainingSet } from '../../../models/training-set.ts'
import type { Effort } from '../../../models/views.ts'

type Features = Pick<TrainingSet, 'features' | 'queryFeatures' | 'views'>

/**
 * The features of a training set, filled in example by example. The rows are allocated once, for all examples, and the
 * vectors that are added are not kept: only what takes no more memory than the rows stays.
 */
export class FeatureRows {
  private readonly capacity: number
  private readonly effort: Effort
  private readonly views: TrainingSet['views'] = []
  /** What is trained on: the mean of several views. */
  private trained: Rows | undefined
  /** What accuracy is measured on; undefined: the same rows. */
  private queried: Rows | undefined
  private count = 0
  dimensions = 0

  /** @param capacity examples that there are at most */
  constructor(capacity: number, effort: Effort) {
    this.capacity = capacity
    this.effort = effort
  }

  add(plain: Float32Array, mirrored: Float32Array, random: Float32Array[]): void {
    this.trained ??= this.allocate(plain.length)
    setRow(
      this.trained,
      this.count,
      average(this.effort === 'careful' ? [plain, mirrored, ...random] : [plain, mirrored]),
    )
    if (this.effort === 'fast') {
      this.queried ??= makeRows(this.capacity, plain.length)
      setRow(this.queried, this.count, plain)
    }
    // Copied, because the page that they come from is freed.
    if (random.length > 0)
      this.views.push({ row: this.count, views: [plain, mirrored, ...random].map((v) => v.slice()) })
    this.count++
  }

  /** The filled rows, as views of the same memory. */
  take(): Features {
    if (!this.trained) throw new Error('Expected at least one example')
    const features = { ...this.trained, rows: this.count }
    const queryFeatures = this.queried ? { ...this.queried, rows: this.count } : features
    return { features, queryFeatures, views: this.views }
  }

  private allocate(dimensions: number): Rows {
    this.dimensions = dimensions
    return makeRows(this.capacity, dimensions)
  }
}
