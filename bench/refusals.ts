// What is refused of what was taught and of strangers, and how right each grade is, on pictures that no choice was made on.
//   node bench/refusals.ts [dev] [FOLDER…]    more sets: folders with a folder of pictures for each label
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readBackground, readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import type { Classification } from '../models/classifier.ts'
import { CAUTION_NAMES, type Caution } from '../models/evaluation/refusals.ts'
import { average } from '../models/numbers/features.ts'
import { packRows } from '../models/numbers/rows.ts'
import { seededRandom } from '../models/random.ts'
import { trainClassifier } from '../models/train.ts'
import { auroc } from './figures.ts'
import { describeRefusals, meanRefused, type RefusalRow, type Refused } from './refusals-report.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import { listPhotographs, listSets, type Part, type PictureSet } from './sets/sets.ts'
import { shuffle } from './shuffle.ts'

export const SEEDS = [1, 2, 3, 4, 5]
/** Labels that are taught: half of them, two, one. The pictures of the others are strangers. */
const TAUGHT = ['half', 2, 1] as const
const PER_LABEL = [1, 2, 5, 10, 20]
/** As in the program at `--effort balanced`: how many pictures' views are learned from, and views of a picture that is asked about. */
const VIEWED = 24
export const QUERY_VIEWS = 2
/** Pictures that are asked about at most, of either kind. */
const MOST_ASKED = 400
/** Strangers are also counted where this share of what was taught is refused. */
const REFUSED = 0.05

export async function measureRefusals(part: Part = 'test', folders: string[] = []): Promise<RefusalRow[]> {
  const more = part === 'test' ? [await listPhotographs()] : []
  const rows: RefusalRow[] = []
  for (const set of [...(await listSets(part)), ...more, ...folders.map(listFolder)]) {
    const pictures = await embedSet(set)
    const smallest = Math.min(...set.classes.map((files) => files.length))
    for (const taught of TAUGHT)
      for (const k of PER_LABEL.filter((k) => k < smallest)) {
        const runs = SEEDS.map((seed) => measureRefused(pictures, { taught, k, seed }, teach))
        rows.push({ set: set.name, taught: `${taught}`, k, ...meanRefused(runs) })
      }
  }
  return rows
}

function listFolder(folder: string): PictureSet {
  const labels = readdirSync(folder).sort()
  const classes = labels.map((label) => readdirSync(join(folder, label)).map((file) => join(folder, label, file)))
  return { name: basename(folder), part: 'dev', classes }
}

type Split = { taught: number | 'half'; k: number; seed: number }
type Example<P> = { picture: P; y: number }
/** What a training on the examples answers about a picture. */
export type Teach<P> = (examples: Example<P>[], classes: number) => (picture: P, caution?: Caution) => Classification
type Asked = { answer: Classification; y: number }

/** Teaches some of the labels, and asks about new pictures of theirs and about those of the others. */
export function measureRefused<P extends EmbeddedPicture>(
  pictures: P[],
  { taught, k, seed }: Split,
  teach: Teach<P>,
): Refused {
  const random = seededRandom(seed * 7919)
  const byLabel = Map.groupBy(pictures, ({ y }) => y)
  const labels = [...byLabel.keys()]
  const chosen = shuffle(labels, random).slice(0, taught === 'half' ? labels.length >> 1 : taught)
  const shuffled = chosen.map((label, y) => shuffle(byLabel.get(label)!, random).map((picture) => ({ picture, y })))
  const others = pictures.filter(({ y }) => !chosen.includes(y)).map((picture) => ({ picture, y: -1 }))
  const classify = teach(
    shuffled.flatMap((some) => some.slice(0, k)),
    chosen.length,
  )
  const ask = (some: Example<P>[], caution?: Caution): Asked[] =>
    shuffle(some, seededRandom(seed))
      .slice(0, MOST_ASKED)
      .map(({ picture, y }) => ({ y, answer: classify(picture, caution) }))
  const held = shuffled.flatMap((some) => some.slice(k))
  const [known, strange] = [ask(held), ask(others)]
  const scores = known.map(({ answer }) => answer.openSetScore).sort((a, b) => a - b)
  const limit = scores[Math.floor(REFUSED * scores.length)]!
  const sure = known.filter(({ answer }) => answer.grade === 'sure')
  const unsure = known.filter(({ answer }) => answer.grade === 'unsure')
  const refused = CAUTION_NAMES.map((caution) => [caution, share(ask(held, caution), isRefused)])
  return {
    refused: Object.fromEntries(refused).normal,
    refusedLow: Object.fromEntries(refused).low,
    refusedHigh: Object.fromEntries(refused).high,
    strangers: share(strange, isRefused),
    strangersAt: share(strange, ({ answer }) => answer.openSetScore < limit),
    auroc: auroc(
      scores,
      strange.map(({ answer }) => answer.openSetScore),
    ),
    sure: share(known, ({ answer }) => answer.grade === 'sure'),
    sureRight: share(sure, isRight),
    unsureRight: share(unsure, isRight),
    right: share(known, isRight),
  }
}

const share = (some: Asked[], is: (asked: Asked) => boolean): number => (100 * some.filter(is).length) / some.length
const isRefused = ({ answer }: Asked): boolean => answer.grade === 'unknown'
const isRight = ({ answer: { probabilities }, y }: Asked): boolean => probabilities[y] === Math.max(...probabilities)

const queryOf = ({ views }: EmbeddedPicture): Float32Array => average(views.slice(0, QUERY_VIEWS))

/** As the program trains. */
const teach: Teach<EmbeddedPicture> = (examples, classes) => {
  const step = Math.max(1, Math.floor(examples.length / VIEWED))
  const features = packRows(examples.map(({ picture }) => queryOf(picture)))
  const { classifier } = trainClassifier(
    {
      features,
      queryFeatures: features,
      views: examples.flatMap(({ picture: { views } }, row) => (row % step === 0 ? [{ row, views }] : [])),
      y: Uint32Array.from(examples, ({ y }) => y),
      labels: Array.from({ length: classes }, (_, i) => `${i}`),
      hashes: examples.map(({ picture }) => picture.hash),
      prior: readPrior(EMBEDDED),
      background: readBackground(EMBEDDED),
    },
    { heads: ['linear'] },
  )
  return (picture, caution) => classifier.classify(queryOf(picture), caution)
}

if (import.meta.main) {
  const [part = 'test', ...folders] = process.argv.slice(2)
  process.stdout.write(describeRefusals(await measureRefusals(part as Part, folders)))
}
