// Accuracy with few pictures a label, calibration, and known against unknown, on four kinds of pictures that no choice was made on.
//   node bench/few.ts [dev]    choices are made on the half `dev`
import { readBackground, readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { calibrationError } from '../models/evaluation/calibration.ts'
import { average } from '../models/numbers/features.ts'
import type { Matrix } from '../models/numbers/matrix.ts'
import { packRows } from '../models/numbers/rows.ts'
import type { Triangle } from '../models/numbers/triangle.ts'
import { seededRandom } from '../models/random.ts'
import { trainClassifier } from '../models/train.ts'
import { EFFORT_NAMES, type Effort } from '../models/views.ts'
import { type AccuracyRow, type CalibrationRow, describeFew, type FewResults, type UnknownRow } from './few-report.ts'
import { argmaxRows, auroc, percentRight, type Spread, spreadOf } from './figures.ts'
import { plainSvm } from './recipe.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import { listSets, type Part } from './sets/sets.ts'

/** Pictures whose views are used for whitening, as in the program. */
const VIEWED = 24
/** Views of a picture that is asked about, and of one that is trained on. */
const QUERY_VIEWS = { fast: 1, balanced: 2, careful: 7 } satisfies Record<Effort, number>
const TRAINING_VIEWS = { fast: 2, balanced: 2, careful: 8 } satisfies Record<Effort, number>
/** Calibration is reported at so many pictures a label. */
const CALIBRATION_AT = 10
/** With fewer pictures a label, the open-set score has too little to go by. */
const LEAST_FOR_UNKNOWN = 3
/** The unknown is measured where this share of the known is rejected. */
const REJECTED_KNOWN = 0.1

/** How much is measured, on which features, and with which prior (null: none). */
const EVERYTHING = {
  seeds: [1, 2, 3, 4, 5],
  perLabel: [1, 2, 5, 10, 20],
  efforts: EFFORT_NAMES as Effort[],
  embed: embedSet,
  prior: readPrior(EMBEDDED),
}
type Scope = typeof EVERYTHING

type Split = { training: EmbeddedPicture[]; queries: EmbeddedPicture[]; classes: number }

export async function measureFew(part: Part = 'test', scope: Partial<Scope> = {}): Promise<FewResults> {
  const whole: Scope = { ...EVERYTHING, ...scope }
  const results: FewResults = { splits: whole.seeds.length, accuracy: [], unknown: [], calibration: [] }
  for (const set of await listSets(part)) {
    const pictures = await whole.embed(set)
    const smallest = Math.min(...set.classes.map((files) => files.length))
    for (const k of whole.perLabel.filter((k) => k < smallest)) {
      const { row, calibration } = measureAccuracy(set.name, { pictures, k, scope: whole })
      results.accuracy.push(row)
      if (k === CALIBRATION_AT) results.calibration.push(...calibration)
      if (k >= LEAST_FOR_UNKNOWN) results.unknown.push(...measureUnknown(set.name, { pictures, k, scope: whole }))
    }
  }
  return results
}

type Work = { pictures: EmbeddedPicture[]; k: number; scope: Scope }

function measureAccuracy(set: string, { pictures, k, scope }: Work) {
  const splits = scope.seeds.map((seed) => splitPictures(pictures, k, seed))
  const truths = splits.map(({ queries }) => queries.map((p) => p.y))
  const plain = splits.map((split, i) => percentRight(plainSvm(toSamples(split)), truths[i]!))
  const row = { set, k, plain: spreadOf(plain) } as AccuracyRow
  const calibration: CalibrationRow[] = []
  for (const effort of scope.efforts) {
    const answers = splits.map((split) =>
      fit(split, effort, scope.prior).predictProba(embedQueries(split.queries, effort)),
    )
    row[effort] = spreadOf(answers.map((p, i) => percentRight(argmaxRows(p), truths[i]!)))
    const errors = answers.map((p, i) => calibrationPercent(p, truths[i]!))
    calibration.push({ set: `${set} ${k}`, effort, error: spreadOf(errors) })
  }
  return { row, calibration }
}

function measureUnknown(set: string, { pictures, k, scope }: Work): UnknownRow[] {
  return scope.efforts.map((effort) => {
    const runs = scope.seeds.map((seed) => {
      const { split, strangers } = leaveHalfOut(pictures, k, seed)
      const classifier = fit(split, effort, scope.prior)
      const score = (some: EmbeddedPicture[]): number[] =>
        embedQueries(some, effort).map((features) => classifier.classify(features).openSetScore)
      return compareScores(score(split.queries), score(strangers))
    })
    const figure = (of: keyof (typeof runs)[number]): Spread => spreadOf(runs.map((run) => run[of]))
    return { set, k, effort, auroc: figure('auroc'), accepted: figure('accepted') }
  })
}

/** Every other label is taught; the pictures of the rest are strangers. */
function leaveHalfOut(pictures: EmbeddedPicture[], k: number, seed: number) {
  const isTaught = ({ y }: EmbeddedPicture): boolean => (y + seed) % 2 === 0
  const taught = pictures.filter(isTaught).map((p) => ({ ...p, y: p.y >> 1 }))
  return { split: splitPictures(taught, k, seed), strangers: pictures.filter((p) => !isTaught(p)) }
}

function compareScores(known: number[], unknown: number[]) {
  const limit = known.toSorted((a, b) => a - b)[Math.floor(REJECTED_KNOWN * known.length)]!
  const accepted = unknown.filter((score) => score >= limit).length
  return { auroc: auroc(known, unknown), accepted: (100 * accepted) / unknown.length }
}

/** As the program trains. */
function fit({ training, classes }: Split, effort: Effort, prior: Triangle | null) {
  const step = effort === 'careful' ? 1 : Math.max(1, Math.floor(training.length / VIEWED))
  const set = {
    features: packRows(training.map((p) => average(p.views.slice(0, TRAINING_VIEWS[effort])))),
    queryFeatures: packRows(embedQueries(training, effort)),
    views: training.flatMap(({ views }, row) => (row % step === 0 ? [{ row, views }] : [])),
    y: Uint32Array.from(training, (p) => p.y),
    labels: Array.from({ length: classes }, (_, i) => `${i}`),
    hashes: training.map((p) => p.hash),
    prior,
    background: prior && readBackground(EMBEDDED),
  }
  return trainClassifier(set, { heads: ['linear'] }).classifier
}

const embedQueries = (pictures: EmbeddedPicture[], effort: Effort): Float32Array[] =>
  pictures.map((p) => average(p.views.slice(0, QUERY_VIEWS[effort])))

/** k pictures of each label to train on; the others are the queries. */
function splitPictures(pictures: EmbeddedPicture[], k: number, seed: number): Split {
  const random = seededRandom(seed * 7919)
  const keyed = pictures.map((picture) => ({ picture, key: random() }))
  keyed.sort((a, b) => a.picture.y - b.picture.y || a.key - b.key)
  const byLabel = Map.groupBy(keyed, ({ picture }) => picture.y)
  const take = (from: number, to?: number): EmbeddedPicture[] =>
    [...byLabel.values()].flatMap((some) => some.slice(from, to).map(({ picture }) => picture))
  return { training: take(0, k), queries: take(k), classes: byLabel.size }
}

function toSamples({ training, queries, classes }: Split) {
  const samples = (pictures: EmbeddedPicture[]) =>
    pictures.map(({ y, views, hash }) => ({ y, hash, features: views[0]!, mirrored: views[1]! }))
  return { training: samples(training), queries: samples(queries), classes }
}

function calibrationPercent(p: Matrix, truth: number[]): number {
  const answers = argmaxRows(p)
  const confidence = answers.map((c, r) => p.data[r * p.columns + c]!)
  const isRight = answers.map((c, r) => c === truth[r])
  return 100 * calibrationError(confidence, isRight)
}

if (import.meta.main) process.stdout.write(describeFew(await measureFew((process.argv[2] as Part) ?? 'test')))
