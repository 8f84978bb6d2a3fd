// What is refused of what was taught and of strangers by the embedded backbone, and by it and `photos` together.
//   node bench/refusals-by-two.ts [SET…]    where pictures and `photos` are: see photographs.ts
import { type Backbone, EMBEDDED } from '../models/backbones/registry.ts'
import { skipWithoutPhotos } from '../test/support/real-weights.ts'
import { measureRefused, QUERY_VIEWS, SEEDS, type Teach } from './refusals.ts'
import { describeRefusalsByTwo, type RefusalByTwoRow } from './refusals-by-two-report.ts'
import { meanRefused } from './refusals-report.ts'
import { listPhotographsAndDrawings } from './sets/photographs.ts'
import { photosBackbone } from './sets/photos-backbone.ts'
import { embedByEach, type PairedPicture, seenBy, trainOnPictures } from './several-backbones.ts'

/** Labels that are taught, and pictures of each. */
const TAUGHT = ['half', 2] as const
const PER_LABEL = [5, 10, 20]

export async function measureRefusalsByTwo(only: string[] = []): Promise<RefusalByTwoRow[]> {
  const all = await listPhotographsAndDrawings()
  const sets = all.filter(({ name }) => only.length === 0 || only.includes(name))
  const photos = await photosBackbone()
  if (!photos) {
    process.stderr.write(`refusals by two backbones: ${skipWithoutPhotos}\n`)
    return []
  }
  const rows: RefusalByTwoRow[] = []
  for (const set of sets) {
    const both = await embedByEach(set, [EMBEDDED, photos])
    const members = [
      { who: 'embedded', pictures: seenBy(both, 0), teach: teachWith([EMBEDDED]) },
      { who: 'both', pictures: both, teach: teachWith([EMBEDDED, photos]) },
    ]
    for (const taught of TAUGHT)
      for (const k of PER_LABEL)
        for (const { who, pictures, teach } of members) {
          const runs = SEEDS.map((seed) => measureRefused(pictures, { taught, k, seed }, teach))
          rows.push({ who, set: set.name, taught: `${taught}`, k, ...meanRefused(runs) })
        }
    process.stderr.write(`${set.name}\n`)
  }
  return rows
}

const teachWith =
  (backbones: Backbone[]): Teach<PairedPicture> =>
  (examples, classes) =>
    trainOnPictures(examples, { classes, backbones, queryViews: QUERY_VIEWS }).classify

if (import.meta.main) process.stdout.write(describeRefusalsByTwo(await measureRefusalsByTwo(process.argv.slice(2))))
