// Wrong pictures among photographs and clip art, as the embedded backbone, `photos`, and both together find them.
//   node bench/wrong-by-two.ts [SET…]    where pictures and `photos` are: see photographs.ts
import { type Backbone, EMBEDDED } from '../models/backbones/registry.ts'
import { skipWithoutPhotos } from '../test/support/real-weights.ts'
import { argmaxRows, percentRight } from './figures.ts'
import { listPhotographsAndDrawings } from './sets/photographs.ts'
import { photosBackbone } from './sets/photos-backbone.ts'
import { embedByEach, type PairedPicture, seenBy, trainOnPictures } from './several-backbones.ts'
import { type Fit, measureSet } from './wrong.ts'
import { describeWrongByTwo, type WrongByTwoRow } from './wrong-by-two-report.ts'

const SETS = ['cartons', 'clothes', 'clip art']
/** As wrong.ts asks. */
const QUERY_VIEWS = 1

export async function measureWrongByTwo(only: string[] = SETS): Promise<WrongByTwoRow[]> {
  const sets = (await listPhotographsAndDrawings()).filter(({ name }) => only.includes(name))
  const photos = await photosBackbone()
  if (!photos) {
    process.stderr.write(`wrong pictures by two backbones: ${skipWithoutPhotos}\n`)
    return []
  }
  const results: WrongByTwoRow[] = []
  for (const set of sets) {
    const pictures = await embedByEach(set, [EMBEDDED, photos])
    const add = (who: string, seen: PairedPicture[], backbones: Backbone[]): void => {
      const { rows, clean } = measureSet(set, seen, fitWith(backbones))
      for (const [i, row] of rows.entries()) results.push({ who, row, clean: clean[i]! })
      process.stderr.write(`${set.name}, ${who}: AUROC ${rows.map((row) => row.auroc.mean.toFixed(1)).join(' / ')}\n`)
    }
    add('embedded', seenBy(pictures, 0), [EMBEDDED])
    add('photos', seenBy(pictures, 1), [photos])
    add('both', pictures, [EMBEDDED, photos])
  }
  return results
}

const fitWith =
  (backbones: Backbone[]): Fit<PairedPicture> =>
  ({ examples, queries, classes }, robust) => {
    const { issues, outOfFold, ask } = trainOnPictures(examples, {
      classes,
      backbones,
      robust,
      queryViews: QUERY_VIEWS,
    })
    const { scores, leftOut } = issues.suspicions
    const answers = argmaxRows(ask(queries.map((q) => q.picture)))
    const accuracy = percentRight(
      answers,
      queries.map((q) => q.y),
    )
    return { scores, outOfFold, accuracy, leftOut: leftOut.reduce((a, b) => a + b, 0) }
  }

if (import.meta.main) {
  const only = process.argv.slice(2)
  process.stdout.write(describeWrongByTwo(await measureWrongByTwo(only.length > 0 ? only : SETS)))
}
