// Accuracy from few pictures a label, calibration, and known from unknown, on four kinds of pictures that no choice was made on.
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { calibrationError } from '../models/evaluation/calibration.ts'
import type { Matrix } from '../models/kernels/kernels.ts'
import { average } from '../models/numbers/features.ts'
import { packRows } from '../models/numbers/rows.ts'
import type { Triangle } from '../models/numbers/triangle.ts'
import { seededRandom } from '../models/random.ts'
import { trainClassifier } from '../models/train.ts'
import { type Effort, efforts } from '../models/views.ts'
import { auroc, best, type Figures, figures, say, share, table } from './figures.ts'
import { plainSvm } from './recipe.ts'
import { type Seen, seeSet } from './sets/features.ts'
import { listSets, type Part } from './sets/sets.ts'

const SEEDS = [1, 2, 3, 4, 5]
const PER_LABEL = [1, 2, 5, 10, 20]
/** Pictures whose views are learned from, as in the program. */
const VIEWED = 24
const WAYS = { fast: 1, balanced: 2, careful: 7 } satisfies Record<Effort, number>

/** In percent; `gain` over the plain SVM. By set and pictures a label. */
type AccuracyRow = { set: string; k: number; plain: Figures } & Record<Effort, Figures>
/** `auroc`, `accepted` (of the unknown, where 90 % of the known are) in percent; half of the labels never taught. */
type UnknownRow = { set: string; k: number; effort: Effort; auroc: Figures; accepted: Figures }
type CalibrationRow = { set: string; effort: Effort; error: Figures }

/** How much is measured; the whole where nothing else is asked for. */
const WHOLE = { seeds: SEEDS, perLabel: PER_LABEL, efforts: efforts as Effort[] }

/** @param see features of a set @param prior null: without */
export async function measureFew(part: Part = 'test', ingest = seeSet, prior = readPrior(EMBEDDED), how = WHOLE) {
  const accuracy: AccuracyRow[] = []
  const unknown: UnknownRow[] = []
  const calibration: CalibrationRow[] = []
  for (const set of await listSets(part)) {
    const seen = await ingest(set)
    const classes = set.classes.length
    const least = Math.min(...set.classes.map((c) => c.length))
    for (const k of how.perLabel.filter((k) => k < least)) {
      const splits = how.seeds.map((seed) => splitSet(seen, k, seed))
      const truths = splits.map(([, asked]) => asked.map((s) => s.y))
      const plain = splits.map(([taught, asked], i) => share(plainSvm(flat(taught), flat(asked), classes), truths[i]!))
      const row = { set: set.name, k, plain: figures(plain) } as AccuracyRow
      for (const effort of how.efforts) {
        const answers = splits.map(([taught, asked]) =>
          learn(taught, classes, effort, prior).predictProba(embed(asked, effort)),
        )
        row[effort] = figures(answers.map((p, i) => share(best(p), truths[i]!)))
        if (k === 10)
          calibration.push({
            set: `${set.name} ${k}`,
            effort,
            error: figures(answers.map((p, i) => wrongness(p, truths[i]!))),
          })
      }
      accuracy.push(row)
      if (k < 3) continue
      for (const effort of how.efforts) {
        const runs = how.seeds.map((seed) => strangers(seen, classes, k, seed, effort, prior))
        const auroc = figures(runs.map((r) => r.auroc))
        unknown.push({ set: set.name, k, effort, auroc, accepted: figures(runs.map((r) => r.accepted)) })
      }
    }
  }
  return { accuracy, unknown, calibration }
}

function learn(taught: Seen[], classes: number, effort: Effort, prior: Triangle | null) {
  const step = Math.max(1, Math.floor(taught.length / VIEWED))
  return trainClassifier(
    {
      features: packRows(taught.map((s) => average(s.views.slice(0, effort === 'careful' ? 8 : 2)))),
      queryFeatures: packRows(embed(taught, effort)),
      views: taught.flatMap((s, row) => (effort === 'careful' || row % step === 0 ? [{ row, views: s.views }] : [])),
      y: Uint32Array.from(taught, (s) => s.y),
      labels: Array.from({ length: classes }, (_, i) => `${i}`),
      hashes: taught.map((s) => s.hash),
      prior,
    },
    { heads: ['linear'] },
  ).classifier
}

const embed = (seen: Seen[], effort: Effort): Float32Array[] => seen.map((s) => average(s.views.slice(0, WAYS[effort])))

/** Half of the labels are taught; how well `known` tells their other pictures from those of the other half. */
function strangers(seen: Seen[], classes: number, k: number, seed: number, effort: Effort, prior: Triangle | null) {
  const half = seen.filter((s) => (s.y + seed) % 2 === 0).map((s) => ({ ...s, y: s.y >> 1 }))
  const [taught, asked] = splitSet(half, k, seed)
  const classifier = learn(taught, Math.ceil(classes / 2), effort, prior)
  const known = (some: Seen[]): number[] => embed(some, effort).map((f) => classifier.classify(f).openSetScore)
  const [taughtOnes, others] = [known(asked), known(seen.filter((s) => (s.y + seed) % 2 === 1))]
  const limit = taughtOnes.toSorted((a, b) => a - b)[Math.floor(0.1 * taughtOnes.length)]!
  return { auroc: auroc(taughtOnes, others), accepted: (100 * others.filter((p) => p >= limit).length) / others.length }
}

function splitSet(seen: Seen[], k: number, seed: number): [Seen[], Seen[]] {
  const random = seededRandom(seed * 7919)
  const keyed = seen.map((s) => ({ s, key: random() })).sort((a, b) => a.s.y - b.s.y || a.key - b.key)
  const counts = new Map<number, number>()
  const place = keyed.map(({ s }) => {
    const n = counts.get(s.y) ?? 0
    counts.set(s.y, n + 1)
    return n
  })
  const part = (keep: (n: number) => boolean): Seen[] => keyed.filter((_, i) => keep(place[i]!)).map((e) => e.s)
  return [part((n) => n < k), part((n) => n >= k)]
}

const flat = (seen: Seen[]) => seen.map(({ y, views, hash }) => ({ y, hash, features: views[0]!, mirrored: views[1]! }))

function wrongness(p: Matrix, truth: number[]): number {
  const said = best(p)
  const confidence = said.map((c, r) => p.data[r * p.columns + c]!)
  return (
    100 *
    calibrationError(
      confidence,
      said.map((c, r) => c === truth[r]),
    )
  )
}

const meanOf = <T>(rows: T[], of: (row: T) => number): string =>
  (rows.reduce((sum, row) => sum + of(row), 0) / rows.length).toFixed(1)

/** The section of RESULTS.md. */
export function describeFew({ accuracy, unknown, calibration }: Awaited<ReturnType<typeof measureFew>>): string {
  const gain = (effort: Effort) => (row: AccuracyRow) => row[effort].mean - row.plain.mean
  return `## Few pictures a label, four kinds of pictures

Sets of \`bench/sets/\`, from packages; none of their pictures or labels had a part in the prior or in a choice. ${SEEDS.length} random splits, ± their
standard deviation, in percent. The plain SVM (C 3, centred features) sees one view; Mekiki one (fast), two (balanced) or seven (careful).

${table(
  ['set', 'pictures a label', 'plain SVM', ...efforts],
  [
    ...accuracy.map((r) => [r.set, `${r.k}`, say(r.plain), ...efforts.map((e) => say(r[e]))]),
    ['mean gain over the plain SVM', '', '', ...efforts.map((e) => `+${meanOf(accuracy, gain(e))}`)],
    ['least gain', '', '', ...efforts.map((e) => Math.min(...accuracy.map(gain(e))).toFixed(1))],
  ],
)}

Known from unknown, half of the labels never taught: AUROC, and the share of the unknown accepted where 90 % of the known are.

${table(
  ['set', 'pictures a label', 'views', 'AUROC', 'accepted'],
  [
    ...unknown.map((r) => [r.set, `${r.k}`, r.effort, say(r.auroc), say(r.accepted)]),
    ...efforts.map((e) => {
      const rows = unknown.filter((r) => r.effort === e)
      return ['mean', '', e, meanOf(rows, (r) => r.auroc.mean), meanOf(rows, (r) => r.accepted.mean)]
    }),
  ],
)}

Calibration error, 15 bins, at ten pictures a label. Emoji have four pictures a label: too few for either of these two tables.

${table(
  ['set', 'views', 'error'],
  [
    ...calibration.map((r) => [r.set, r.effort, say(r.error)]),
    ...efforts.map((e) => [
      'mean',
      e,
      meanOf(
        calibration.filter((r) => r.effort === e),
        (r) => r.error.mean,
      ),
    ]),
  ],
)}
`
}

// Choices are made on the other half: node bench/few.ts dev
if (import.meta.main) process.stdout.write(describeFew(await measureFew((process.argv[2] as Part) ?? 'test')))
