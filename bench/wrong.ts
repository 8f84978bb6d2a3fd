// How well wrong pictures are found, what they cost, and what leaving them out brings, on sets that no choice was made on.
//   node bench/wrong.ts [dev]    choices are made on the half `dev`
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import type { HeadName } from '../models/heads/names.ts'
import { SUSPECT_THRESHOLD } from '../models/label-issues/suspicion-score.ts'
import { average } from '../models/numbers/features.ts'
import { selectRows } from '../models/numbers/matrix.ts'
import { packRows } from '../models/numbers/rows.ts'
import { type TrainingResult, trainClassifier } from '../models/train.ts'
import { confidentLearning } from './confident-learning.ts'
import { argmaxRows, auroc, percentRight, type Spread, spreadOf } from './figures.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import { listPhotographs, listSets, type Part, type PictureSet } from './sets/sets.ts'
import { type Case, type Example, isRight, makeCase, reviewWorst } from './wrong-examples.ts'
import {
  type CleanRow,
  describeWrong,
  type Measure,
  measures,
  type WrongResults,
  type WrongRow,
} from './wrong-report.ts'

const SEEDS = [1, 2, 3, 4, 5]
const PER_LABEL = [10, 20]
/** Share of wrong pictures under each label. */
const WRONG = 0.3
/** Pictures whose views are used for whitening, as in the program. */
const VIEWED = 24
const HEADS: HeadName[] = ['linear']
const PRIOR = readPrior(EMBEDDED)

export async function measureWrong(part: Part = 'test'): Promise<WrongResults> {
  const results: WrongResults = { seeds: SEEDS.length, rows: [], clean: [] }
  const sets = await listSets(part)
  if (part === 'test') sets.push(await listPhotographs())
  for (const set of sets) {
    const smallest = Math.min(...set.classes.map((files) => files.length))
    if (smallest <= Math.max(...PER_LABEL)) continue
    const { rows, clean } = measureSet(set, await embedSet(set), fit)
    results.rows.push(...rows)
    results.clean.push(...clean)
  }
  return results
}

/** How a case is trained on. `scores`: of suspicion, by example; `accuracy`: of the queries, in percent; `leftOut`: how many examples. */
export type Fit<P> = (drawn: Case<P>, robust: boolean) => Fitted
type Fitted = Pick<TrainingResult, 'outOfFold'> & { scores: Float32Array; accuracy: number; leftOut: number }

/** Both tables for one set. */
export function measureSet<P extends EmbeddedPicture>(
  set: PictureSet,
  pictures: P[],
  fit: Fit<P>,
): Omit<WrongResults, 'seeds'> {
  const classes = set.classes.length
  const draw = (k: number, wrong: number) => SEEDS.map((seed) => makeCase(pictures, { classes, k, wrong, seed }))
  const rows = PER_LABEL.map((k): WrongRow => {
    const runs = draw(k, WRONG).map((drawn) => measureCase(drawn, fit))
    return { set: set.name, k, ...spreads(measures, runs) }
  })
  const clean = PER_LABEL.map((k): CleanRow => {
    const runs = draw(k, 0).map((drawn) => measureCleanCase(drawn, fit))
    return { set: set.name, k, ...spreads(['flagged', 'leftOut', 'all', 'robust'], runs) }
  })
  return { rows, clean }
}

const spreads = <K extends string>(keys: readonly K[], runs: Record<K, number>[]): Record<K, Spread> =>
  Object.fromEntries(keys.map((key) => [key, spreadOf(runs.map((run) => run[key]))])) as Record<K, Spread>

function measureCase<P>(drawn: Case<P>, fit: Fit<P>): Record<Measure, number> {
  const { examples, queries, classes } = drawn
  const robust = fit(drawn, true)
  const all = fit(drawn, false)
  const isWrong = examples.map((example) => !isRight(example))
  const scoresOf = (keep: (example: Example<P>) => boolean): number[] =>
    examples.flatMap((example, i) => (keep(example) ? [robust.scores[i]!] : []))
  const right = scoresOf(isRight)
  const reviewed = reviewWorst(examples, robust.scores)
  return {
    auroc: auroc(
      scoresOf((e) => !isRight(e)),
      right,
    ),
    swapped: auroc(
      scoresOf((e) => !isRight(e) && e.truth !== null),
      right,
    ),
    strangers: auroc(
      scoresOf((e) => e.truth === null),
      right,
    ),
    ...precisionAndRecall(isWrong, isFlagged(robust.scores)),
    ...measureConfidentLearning(examples, all.outOfFold),
    right: fit({ examples: examples.filter(isRight), queries, classes }, false).accuracy,
    all: all.accuracy,
    robust: robust.accuracy,
    reviewed: fit({ examples: reviewed, queries, classes }, true).accuracy,
    leftOut: (100 * robust.leftOut) / examples.length,
  }
}

function measureCleanCase<P>(drawn: Case<P>, fit: Fit<P>) {
  const robust = fit(drawn, true)
  const count = drawn.examples.length
  return {
    flagged: (100 * isFlagged(robust.scores).filter(Boolean).length) / count,
    leftOut: (100 * robust.leftOut) / count,
    all: fit(drawn, false).accuracy,
    robust: robust.accuracy,
  }
}

/** Confident learning on the out-of-fold probabilities of a training on everything. */
function measureConfidentLearning(examples: Example<unknown>[], { rows, probabilities }: Fitted['outOfFold']) {
  const measured = rows.map((row) => examples[row]!)
  const y = Uint32Array.from(measured, (e) => e.y)
  const { selfConfidence, normalisedMargin, flagged } = confidentLearning(selectRows(probabilities, rows), y)
  const isWrong = measured.map((e) => !isRight(e))
  const { precision, recall } = precisionAndRecall(isWrong, flagged)
  const aurocOf = (confidence: number[]): number => {
    const doubt = confidence.map((v) => -v)
    return auroc(
      doubt.filter((_, i) => isWrong[i]),
      doubt.filter((_, i) => !isWrong[i]),
    )
  }
  return {
    selfConfidence: aurocOf(selfConfidence),
    normalisedMargin: aurocOf(normalisedMargin),
    clPrecision: precision,
    clRecall: recall,
  }
}

const isFlagged = (scores: Float32Array): boolean[] => Array.from(scores, (score) => score >= SUSPECT_THRESHOLD)

function precisionAndRecall(isWrong: boolean[], flagged: boolean[]): { precision: number; recall: number } {
  const hits = flagged.filter((f, i) => f && isWrong[i]).length
  return {
    precision: (100 * hits) / Math.max(1, flagged.filter(Boolean).length),
    recall: (100 * hits) / isWrong.filter(Boolean).length,
  }
}

/** As the program trains with `--effort fast`. */
function fit({ examples, queries, classes }: Case, robust: boolean): Fitted {
  const step = Math.max(1, Math.floor(examples.length / VIEWED))
  const set = {
    features: packRows(examples.map(({ picture }) => average(picture.views.slice(0, 2)))),
    queryFeatures: packRows(examples.map(({ picture }) => picture.views[0]!)),
    views: examples.flatMap(({ picture }, row) => (row % step === 0 ? [{ row, views: picture.views }] : [])),
    y: Uint32Array.from(examples, (e) => e.y),
    labels: Array.from({ length: classes }, (_, c) => `${c}`),
    hashes: examples.map((e) => e.picture.hash),
    vouched: Uint8Array.from(examples, (e) => Number(e.isVouched ?? false)),
    prior: PRIOR,
  }
  const { classifier, issues, outOfFold } = trainClassifier(set, { heads: HEADS, robust })
  const answers = argmaxRows(classifier.predictProba(queries.map((q) => q.picture.views[0]!)))
  const { scores, leftOut } = issues.suspicions
  const accuracy = percentRight(
    answers,
    queries.map((q) => q.y),
  )
  return { scores, accuracy, outOfFold, leftOut: leftOut.reduce((a, b) => a + b, 0) }
}

if (import.meta.main) process.stdout.write(describeWrong(await measureWrong((process.argv[2] as Part) ?? 'test')))
