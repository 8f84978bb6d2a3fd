// Training time and accuracy of boosting on features of real pictures, on one core each.
//   node bench/boosting.ts [SET…]    where pictures are: see photographs.ts
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { BoostingHead } from '../models/heads/boosting.ts'
import { average, normalize } from '../models/numbers/features.ts'
import { allRows, indicesOf, makeRows, packRows } from '../models/numbers/rows.ts'
import { seededRandom } from '../models/random.ts'
import { priorCovariance } from '../models/whitening/covariance.ts'
import { Whitening } from '../models/whitening/whitening.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'
import { type BoostingRow, describeBoosting } from './boosting-report.ts'
import { accuracyOf, ones, type Problem, scikitLearn, timed } from './problem.ts'
import type { EmbeddedPicture } from './sets/features.ts'
import { listPhotographsAndDrawings } from './sets/photographs.ts'
import { embedByEach } from './several-backbones.ts'
import { shuffle } from './shuffle.ts'

const PER_LABEL = 20
const SEED = 1
/** Views whose mean is a picture's features. */
const VIEWS = 2

/** Mekiki's boosting against the best that scikit-learn's HistGradientBoosting reaches on whitened or plain features, by its defaults or our settings. */
export async function measureBoosting(only: string[] = []): Promise<BoostingRow[]> {
  const sets = (await listPhotographsAndDrawings()).filter(({ name }) => only.length === 0 || only.includes(name))
  const results: BoostingRow[] = []
  for (const set of sets) {
    const { plain, whitened } = makeProblems(await embedByEach(set, [EMBEDDED]), set.classes.length)
    const { x, y, classes, testX, testY } = whitened
    const [head, seconds] = timed(() =>
      BoostingHead.fit({ z: packMatrix(x), y, classes, weights: ones(x.rows), seed: SEED }),
    )
    const accuracy = accuracyOf(head.decisionScores(testX), testY)
    const theirs = [plain, whitened].flatMap((problem) => [
      scikitLearn('boosting', problem, 1),
      scikitLearn('boosting-alike', problem, 1),
    ])
    const [best = null] = theirs.filter((one) => one !== null).sort((a, b) => b.accuracy - a.accuracy)
    results.push({ set: set.name, examples: x.rows, labels: classes, seconds, accuracy, theirs: best })
    process.stderr.write(`boosting, ${set.name}: ${seconds} s ${accuracy}; ${JSON.stringify(theirs)}\n`)
  }
  return results
}

/** The same pictures twice: normalized features as they are, and whitened by how views of any picture differ, as boosting sees them here. */
function makeProblems(pictures: EmbeddedPicture[], classes: number): Record<'plain' | 'whitened', Problem> {
  const random = seededRandom(SEED)
  const byLabel = [...Map.groupBy(pictures, ({ y }) => y).values()].map((some) => shuffle(some, random))
  const [training, queries] = [
    byLabel.flatMap((some) => some.slice(0, PER_LABEL)),
    byLabel.flatMap((some) => some.slice(PER_LABEL)),
  ]
  const featuresOf = (some: EmbeddedPicture[]): Float32Array[] =>
    some.map(({ views }) => average(views.slice(0, VIEWS)))
  const classesOf = (some: EmbeddedPicture[]): Uint32Array => Uint32Array.from(some, (p) => p.y)
  const rows = packRows(featuresOf(training))
  const z = makeRows(rows.rows, rows.columns)
  const covariances = [priorCovariance(readPrior(EMBEDDED)!)]
  const whitening = Whitening.fit({ x: rows, inside: indicesOf(rows), covariances, z })
  const testX = normalize(featuresOf(queries))
  const labelled = { classes, y: classesOf(training), testY: classesOf(queries) }
  return {
    plain: { ...labelled, x: allRows(rows), testX },
    whitened: { ...labelled, x: allRows(z), testX: whitening.apply(testX) },
  }
}

if (import.meta.main) process.stdout.write(describeBoosting(await measureBoosting(process.argv.slice(2))))
