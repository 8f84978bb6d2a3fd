// How wrong pictures are found, what they cost, and what leaving them out brings: 30 % wrong on purpose, on sets that no choice was made on.
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import type { HeadName } from '../models/heads/names.ts'
import { FLAGGED } from '../models/label-issues/suspicion-score.ts'
import { average, select } from '../models/numbers/features.ts'
import { packRows } from '../models/numbers/rows.ts'
import { seededRandom } from '../models/random.ts'
import { trainClassifier } from '../models/train.ts'
import { confidentLearning } from './confident-learning.ts'
import { auroc, best, type Figures, figures, say, share, table } from './figures.ts'
import { type Seen, seeSet } from './sets/features.ts'
import { listPhotographs, listSets, type Part } from './sets/sets.ts'

const SEEDS = [1, 2, 3, 4, 5]
const PER_LABEL = [10, 20]
const WRONG = 0.3
/** Of the labels of a set; pictures of the others are the strangers. */
const TAUGHT = 2 / 3
const VIEWED = 24
const HEADS: HeadName[] = ['linear']
const PRIOR = readPrior(EMBEDDED)

/** A filed picture: the label it is under, and its own; null: none of those taught. */
type Filed = { seen: Seen; y: number; truth: number | null }
type Case = { filed: Filed[]; asked: Filed[]; classes: number }

/** In percent. Accuracies on right pictures that were not filed. */
type Row = { set: string; k: number } & Record<Measure, Figures>
const MEASURES = [
  ...['auroc', 'swapped', 'strangers', 'precision', 'recall', 'confidence', 'margin', 'clPrecision', 'clRecall'],
  ...['right', 'all', 'robust', 'reviewed', 'leftOut'],
] as const
type Measure = (typeof MEASURES)[number]
type CleanRow = { set: string; k: number; flagged: Figures; leftOut: Figures; all: Figures; robust: Figures }

export async function measureWrong(part: Part = 'test') {
  const rows: Row[] = []
  const clean: CleanRow[] = []
  const sets = [...(await listSets(part)), ...(part === 'test' ? [await listPhotographs()] : [])]
  for (const set of sets) {
    if (Math.min(...set.classes.map((c) => c.length)) <= Math.max(...PER_LABEL)) continue
    const seen = await seeSet(set)
    for (const k of PER_LABEL) {
      const runs = SEEDS.map((seed) => measureOne(file(seen, set.classes.length, k, WRONG, seed)))
      const each = Object.fromEntries(MEASURES.map((m) => [m, figures(runs.map((r) => r[m]))]))
      rows.push({ set: set.name, k, ...(each as Record<Measure, Figures>) })
      const cleanRuns = SEEDS.map((seed) => measureClean(file(seen, set.classes.length, k, 0, seed)))
      const of = (m: keyof (typeof cleanRuns)[number]): Figures => figures(cleanRuns.map((r) => r[m]))
      clean.push({
        set: set.name,
        k,
        flagged: of('flagged'),
        leftOut: of('leftOut'),
        all: of('all'),
        robust: of('robust'),
      })
    }
  }
  return { rows, clean }
}

function measureOne({ filed, asked, classes }: Case): Record<Measure, number> {
  const { scores, accuracy, leftOut } = learn(filed, asked, classes, true)
  const isWrong = filed.map((f) => f.truth !== f.y)
  const of = (values: ArrayLike<number>, keep: (f: Filed) => boolean): number[] =>
    filed.flatMap((f, i) => (keep(f) ? [values[i]!] : []))
  const right = (f: Filed): boolean => f.truth === f.y
  const found = hits(
    isWrong,
    Array.from(scores, (s) => s >= FLAGGED),
  )
  const plain = learn(filed, asked, classes, false)
  const cl = confidentLearning(
    select(plain.outOfFold.probabilities, plain.outOfFold.rows),
    Uint32Array.from(plain.outOfFold.rows, (r) => filed[r]!.y),
  )
  const clWrong = plain.outOfFold.rows.map((r) => isWrong[r]!)
  const clFound = hits(clWrong, cl.flagged)
  const split = (v: number[]): [number[], number[]] => [v.filter((_, i) => clWrong[i]), v.filter((_, i) => !clWrong[i])]
  const negative = (v: number[]): number[] => v.map((x) => -x)
  return {
    auroc: auroc(
      of(scores, (f) => !right(f)),
      of(scores, right),
    ),
    swapped: auroc(
      of(scores, (f) => !right(f) && f.truth !== null),
      of(scores, right),
    ),
    strangers: auroc(
      of(scores, (f) => f.truth === null),
      of(scores, right),
    ),
    ...found,
    confidence: auroc(...split(negative(cl.selfConfidence))),
    margin: auroc(...split(negative(cl.normalisedMargin))),
    clPrecision: clFound.precision,
    clRecall: clFound.recall,
    right: learn(filed.filter(right), asked, classes, false).accuracy,
    all: plain.accuracy,
    robust: accuracy,
    reviewed: learn(review(filed, scores), asked, classes, true).accuracy,
    leftOut: (100 * leftOut) / filed.length,
  }
}

function measureClean({ filed, asked, classes }: Case) {
  const robust = learn(filed, asked, classes, true)
  return {
    flagged: (100 * robust.scores.filter((s) => s >= FLAGGED).length) / filed.length,
    leftOut: (100 * robust.leftOut) / filed.length,
    all: learn(filed, asked, classes, false).accuracy,
    robust: robust.accuracy,
  }
}

function hits(wrong: boolean[], flagged: boolean[]): { precision: number; recall: number } {
  const both = flagged.filter((f, i) => f && wrong[i]).length
  return {
    precision: (100 * both) / Math.max(1, flagged.filter(Boolean).length),
    recall: (100 * both) / wrong.filter(Boolean).length,
  }
}

/** What a person makes of the worst third: each goes under its own label, or out; what is right is vouched for. */
function review(filed: Filed[], scores: Float32Array): (Filed & { vouched?: true })[] {
  const order = [...filed.keys()].sort((a, b) => scores[b]! - scores[a]!)
  const looked = new Set(order.slice(0, Math.round(filed.length / 3)))
  return filed.flatMap((f, i) => {
    if (!looked.has(i)) return [f]
    return f.truth === null ? [] : [{ ...f, y: f.truth, vouched: true as const }]
  })
}

/** As the program trains, `fast`. */
function learn(filed: (Filed & { vouched?: true })[], asked: Filed[], classes: number, robust: boolean) {
  const step = Math.max(1, Math.floor(filed.length / VIEWED))
  const { classifier, survey, outOfFold } = trainClassifier(
    {
      features: packRows(filed.map(({ seen }) => average(seen.views.slice(0, 2)))),
      queryFeatures: packRows(filed.map(({ seen }) => seen.views[0]!)),
      views: filed.flatMap(({ seen }, row) => (row % step === 0 ? [{ row, views: seen.views }] : [])),
      y: Uint32Array.from(filed, (f) => f.y),
      labels: Array.from({ length: classes }, (_, c) => `${c}`),
      hashes: filed.map((f) => f.seen.hash),
      vouched: Uint8Array.from(filed, (f) => Number(f.vouched ?? false)),
      prior: PRIOR,
    },
    { heads: HEADS, robust },
  )
  const p = classifier.predictProba(asked.map((a) => a.seen.views[0]!))
  const { scores, leftOut } = survey.suspicions
  const accuracy = share(
    best(p),
    asked.map((a) => a.y),
  )
  return { scores, accuracy, outOfFold, leftOut: leftOut.reduce((a, b) => a + b, 0) }
}

/** k pictures a label, some of them wrong: half are other labels' pictures, half of things without a label. The other right ones are asked. */
function file(seen: Seen[], all: number, k: number, wrong: number, seed: number): Case {
  const random = seededRandom(seed * 7919)
  const shuffled = <T>(items: T[]): T[] =>
    items
      .map((item) => ({ item, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map((e) => e.item)
  const labels = shuffled(Array.from({ length: all }, (_, c) => c))
  const classes = Math.round(all * TAUGHT)
  const left = labels.map((c) => shuffled(seen.filter((s) => s.y === c)))
  const bad = Math.round(k * wrong)
  const swapped = Math.ceil(bad / 2)
  const filed: Filed[] = []
  for (let y = 0; y < classes; y++) for (const s of left[y]!.splice(0, k - bad)) filed.push({ seen: s, y, truth: y })
  const draw = (from: number, to: number, not: number): number => {
    for (;;) {
      const c = from + Math.floor(random() * (to - from))
      if (c !== not && left[c]!.length > 2) return c
    }
  }
  for (let y = 0; y < classes; y++)
    for (let i = 0; i < bad; i++) {
      const c = i < swapped ? draw(0, classes, y) : draw(classes, all, -1)
      filed.push({ seen: left[c]!.shift()!, y, truth: c < classes ? c : null })
    }
  filed.sort((a, b) => a.y - b.y)
  return {
    filed,
    asked: left.slice(0, classes).flatMap((some, y) => some.map((s) => ({ seen: s, y, truth: y }))),
    classes,
  }
}

/** The section of RESULTS.md. */
export function describeWrong({ rows, clean }: Awaited<ReturnType<typeof measureWrong>>): string {
  const line = (r: Row, ...measures: Measure[]): string[] => [r.set, `${r.k}`, ...measures.map((m) => say(r[m]))]
  const loss = (r: { right: Figures }, to: Figures): string => (to.mean - r.right.mean).toFixed(1)
  return `## Wrong pictures

Of the pictures under each label 30 % are wrong: half are pictures of other labels, half of things without a label. Sets of \`bench/sets/\`, the part that
no choice was made on (photographs: of clothes, 28 x 28, Fashion-MNIST), two thirds of the labels taught; ${SEEDS.length} seeds, ± their standard deviation, in percent. AUROC of the score: all wrong ones, the
swapped, the strangers. Beside it the formulas of confident learning (Northcutt et al. 2021, as cleanlab has them) on the same features: self-confidence and normalised
margin of our own cross-validated probabilities, and what its thresholds flag.

${table(
  ['set', 'pictures a label', 'AUROC', 'swapped', 'strangers', 'self-confidence', 'normalised margin'],
  rows.map((r) => line(r, 'auroc', 'swapped', 'strangers', 'confidence', 'margin')),
)}

${table(
  ['set', 'pictures a label', 'flagged: precision', 'recall', 'confident learning: precision', 'recall'],
  rows.map((r) => line(r, 'precision', 'recall', 'clPrecision', 'clRecall')),
)}

Accuracy on right pictures that were not filed: trained on the right ones alone, on all, on all less what is left out by itself (\`--robust\`, the default), and after a
person looked at the worst third.

${table(
  ['set', 'pictures a label', 'right ones', 'all', 'robust', 'lost', 'left out', 'reviewed', 'lost'],
  rows.map((r) => [
    ...line(r, 'right', 'all', 'robust'),
    loss(r, r.robust),
    say(r.leftOut),
    say(r.reviewed),
    loss(r, r.reviewed),
  ]),
)}

Where nothing is wrong: flagged and left out for nothing, and what that costs.

${table(
  ['set', 'pictures a label', 'flagged', 'left out', 'accuracy with all', 'robust', 'lost'],
  clean.map((r) => [
    ...[r.set, `${r.k}`, say(r.flagged), say(r.leftOut), say(r.all), say(r.robust)],
    (r.robust.mean - r.all.mean).toFixed(1),
  ]),
)}
`
}

// Choices are made on the other half: node bench/wrong.ts dev
if (import.meta.main) process.stdout.write(describeWrong(await measureWrong((process.argv[2] as Part) ?? 'test')))
