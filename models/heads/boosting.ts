import type { GraphBuilder } from '../backbones/graph.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { product, squareOf } from '../numbers/product.ts'
import { allRows, classMeans, type Rows } from '../numbers/rows.ts'
import { seededRandom } from '../random.ts'
import type { SavedBoosting } from '../saved-format.ts'
import { Forest } from './boosting/forest.ts'
import { boost, type RoundOptions } from './boosting/rounds.ts'
import { ClassMeansHead } from './class-means.ts'
import type { FitInput } from './head.ts'

/** Chosen on pictures that no figure is reported of (docs/learning.md). */
const OPTIONS: Omit<RoundOptions, 'seed'> = {
  rounds: 120,
  learningRate: 0.3,
  leaves: 8,
  columnShare: 0.1,
  bins: 32,
  patience: 10,
  l2: 20,
  leastRows: 3,
  leastHessian: 1e-3,
}
/** Rounds where there is too little to hold anything out. */
const BLIND_ROUNDS = 10
/** One row in so many of a label is held out to find when to stop. */
const HELD = 5
/** Cosines over this are log odds, about. */
const TEMPERATURE = 0.07

/**
 * Gradient boosted trees that start from the cosine to the class means: what a linear rule can say is said at once, and the trees
 * add what it cannot. Trees alone are far behind on features of a network (docs/learning.md).
 */
export class BoostingHead {
  private readonly means: ClassMeansHead
  private readonly forest: Forest
  private readonly classes: number

  private constructor(means: ClassMeansHead, forest: Forest, classes: number) {
    this.means = means
    this.forest = forest
    this.classes = classes
  }

  static fit({ z, y, classes, weights, seed }: FitInput): BoostingHead {
    const x = allRows(z)
    const start = startOf(withoutOwn(z, x, y, classes))
    const held = heldOut(y, classes, seed)
    const task = { x, y, classes, weights, start }
    const enough = held.length >= classes
    const tried = enough ? boost({ ...task, held }, { ...OPTIONS, seed }).length : BLIND_ROUNDS
    const trees = boost({ ...task, held: new Uint32Array(0) }, { ...OPTIONS, rounds: tried, seed })
    return new BoostingHead(ClassMeansHead.fit({ z, y, classes, weights }), new Forest(trees.flat(), classes), classes)
  }

  /** Log odds, n x classes. */
  decisionScores(x: Matrix): Matrix {
    const cosines = this.means.decisionScores(x)
    const scores = { ...cosines, data: startOf(cosines) }
    this.forest.addTo(scores, x)
    return scores
  }

  toOnnx(graph: GraphBuilder, x: string): string {
    const start = graph.add('Div', [this.means.toOnnx(graph, x), graph.constant([1], [TEMPERATURE])])
    const trees = this.forest.toOnnx(graph, x)
    return trees === undefined ? start : graph.add('Add', [start, trees])
  }

  toJSON(): SavedBoosting {
    return { format: 1, classes: this.classes, means: this.means.toJSON(), forest: this.forest.toJSON() }
  }

  static fromJSON({ classes, means, forest }: SavedBoosting): BoostingHead {
    return new BoostingHead(ClassMeansHead.fromJSON(means), Forest.fromJSON(forest, classes), classes)
  }
}

const startOf = ({ data }: Matrix): Float32Array => data.map((v) => v / TEMPERATURE)

/** Cosine of each row to the class means as they are without it: what it would get if it had not been learned from. */
function withoutOwn(z: Rows, x: Matrix, y: Uint32Array, classes: number): Matrix {
  const { means, counts } = classMeans(z, y, classes)
  const dots = product(x, means)
  const norms = Float64Array.from({ length: classes }, (_, c) => squareOf(means, c))
  for (let r = 0; r < x.rows; r++) {
    const own = squareOf(x, r)
    for (let c = 0; c < classes; c++) {
      const n = counts[c]!
      let dot = dots.data[r * classes + c]!
      let norm = norms[c]!
      if (y[r] === c && n > 1) {
        norm = (n * n * norm - 2 * n * dot + own) / (n - 1) ** 2
        dot = (n * dot - own) / (n - 1)
      } else if (y[r] === c) dot = 0
      dots.data[r * classes + c] = norm > 0 && own > 0 ? dot / Math.sqrt(norm * own) : 0
    }
  }
  return dots
}

/** Every fifth row of each label, in random order; labels keep at least two. */
function heldOut(y: Uint32Array, classes: number, seed: number): Uint32Array {
  const random = seededRandom(seed)
  const keyed = [...y.keys()].map((i) => ({ i, key: random() })).sort((a, b) => a.key - b.key)
  const seen = new Uint32Array(classes)
  return Uint32Array.from(keyed.filter(({ i }) => ++seen[y[i]!]! % HELD === HELD - 2).map(({ i }) => i))
}
