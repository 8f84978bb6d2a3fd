import type { Matrix } from '../numbers/matrix.ts'
import { allRows } from '../numbers/rows.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import { seededRandom } from '../random.ts'
import type { SavedBoosting } from '../saved-format.ts'
import { boost, type RoundOptions } from './boosting/boost.ts'
import { cosinesWithoutSelf } from './boosting/cosines-without-self.ts'
import { Forest } from './boosting/forest.ts'
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
const ROUNDS_WITHOUT_HOLDOUT = 10
/** One row of a label in so many is held out to find when to stop. */
const HOLDOUT = 5
/** Cosines over this are about log odds. */
const TEMPERATURE = 0.07

/**
 * Gradient boosted trees that start from the cosines to the class means: these say what a linear rule can say, and the trees add what it
 * cannot. Trees alone are far behind on features of a network (docs/learning.md).
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

  /** Finds the number of rounds on held-out rows, then trains as many on all rows. */
  static fit(input: FitInput): BoostingHead {
    const { z, y, classes, weights, seed } = input
    const x = allRows(z)
    const start = logOddsOf(cosinesWithoutSelf(input, x))
    const heldOut = pickHeldOut(y, classes, seed)
    const task = { x, y, classes, weights, start }
    const isEnough = heldOut.length >= classes
    const rounds = isEnough ? boost({ ...task, heldOut }, { ...OPTIONS, seed }).length : ROUNDS_WITHOUT_HOLDOUT
    const trees = boost({ ...task, heldOut: new Uint32Array(0) }, { ...OPTIONS, rounds, seed })
    return new BoostingHead(ClassMeansHead.fit(input), new Forest(trees.flat(), classes), classes)
  }

  /** @param z n x d @returns n x classes log odds */
  decisionScores(z: Matrix): Matrix {
    const cosines = this.means.decisionScores(z)
    const scores = { ...cosines, data: logOddsOf(cosines) }
    this.forest.addTo(scores, z)
    return scores
  }

  toOnnx(graph: GraphBuilder, z: string): string {
    const start = graph.add('Div', [this.means.toOnnx(graph, z), graph.constant([1], [TEMPERATURE])])
    const trees = this.forest.toOnnx(graph, z)
    return trees === undefined ? start : graph.add('Add', [start, trees])
  }

  toJSON(): SavedBoosting {
    return { format: 1, classes: this.classes, means: this.means.toJSON(), forest: this.forest.toJSON() }
  }

  static fromJSON({ classes, means, forest }: SavedBoosting): BoostingHead {
    return new BoostingHead(ClassMeansHead.fromJSON(means), Forest.fromJSON(forest, classes), classes)
  }
}

const logOddsOf = ({ data }: Matrix): Float32Array => data.map((v) => v / TEMPERATURE)

/** Every fifth row of each label, in random order; labels keep at least two. */
function pickHeldOut(y: Uint32Array, classes: number, seed: number): Uint32Array {
  const random = seededRandom(seed)
  const keyed = [...y.keys()].map((i) => ({ i, key: random() })).sort((a, b) => a.key - b.key)
  const seen = new Uint32Array(classes)
  return Uint32Array.from(keyed.filter(({ i }) => ++seen[y[i]!]! % HOLDOUT === HOLDOUT - 2).map(({ i }) => i))
}
