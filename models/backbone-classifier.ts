import { type OpenSetCurve, openSetLogOdds, openSetToOnnx } from './evaluation/open-set.ts'
import { OpenSetView } from './evaluation/open-set-view.ts'
import { ClassMeansHead } from './heads/class-means.ts'
import { Ensemble } from './heads/ensemble.ts'
import { normalize } from './numbers/features.ts'
import { type Matrix, unitRows } from './numbers/matrix.ts'
import type { GraphBuilder } from './onnx/graph-builder.ts'
import type { SavedBackboneClassifier } from './saved-format.ts'
import { Whitening } from './whitening/whitening.ts'

type Parts = {
  whitening: Whitening
  ensemble: Ensemble
  means: ClassMeansHead
  openSet: OpenSetCurve
  view: OpenSetView
}

/** What was learned from the features of one backbone: a whitening and the heads that answer together. */
export class BackboneClassifier {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Values of one of its rows: those of a vector, padded. */
  get columns(): number {
    return this.parts.whitening.columns
  }

  /** @param features n vectors of d values @returns n x columns, whitened */
  whiten(features: Float32Array[]): Matrix {
    return this.parts.whitening.apply(normalize(features))
  }

  /** @param z of `whiten` @returns n x classes log odds, up to a constant in each row */
  decisionScores(z: Matrix): Matrix {
    return this.parts.ensemble.decisionScores(z)
  }

  /** Log odds that each row shows any of the labels. @param z of `whiten` */
  openSetLogOdds(z: Matrix): number[] {
    const { view, openSet } = this.parts
    return view.evidence(z).map((evidence) => openSetLogOdds(openSet, evidence))
  }

  /** Whitened rows of length 1. */
  transform(features: Float32Array[]): Matrix {
    return unitRows(this.whiten(features))
  }

  /**
   * The same as operations of an ONNX graph. @param features name of the n x d input
   * @returns the names of the log odds of the labels, n x classes, and of a known label, n x 1
   */
  toOnnx(graph: GraphBuilder, features: string, d: number, classes: number): { labels: string; known: string } {
    const { whitening, ensemble, view, openSet } = this.parts
    // As `normalize`: each vector by its sum, then the square root.
    const size = graph.add('Abs', [features])
    const total = graph.add('MatMul', [size, graph.constant([d, 1], new Float32Array(d).fill(1))])
    const share = graph.add('Div', [size, graph.add('Add', [total, graph.constant([1], [TINY])])])
    const normalized = graph.add('Mul', [graph.add('Sqrt', [share]), graph.add('Sign', [features])])
    const z = whitening.toOnnx(graph, normalized, d)
    return { labels: ensemble.toOnnx(graph, z), known: openSetToOnnx(graph, openSet, view.toOnnx(graph, z), classes) }
  }

  toJSON(): SavedBackboneClassifier {
    const { whitening, ensemble, means, openSet, view } = this.parts
    return {
      whitening: whitening.toJSON(),
      pool: ensemble.toJSON(means),
      means: means.toJSON(),
      unknown: openSet,
      openSet: view.toJSON(),
    }
  }

  static fromJSON(saved: SavedBackboneClassifier): BackboneClassifier {
    const means = ClassMeansHead.fromJSON(saved.means)
    return new BackboneClassifier({
      whitening: Whitening.fromJSON(saved.whitening),
      ensemble: Ensemble.fromJSON(saved.pool, means),
      means,
      openSet: saved.unknown,
      view: OpenSetView.fromJSON(saved.openSet, means.unitMeans),
    })
  }
}

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12
