// What is stored of pictures: of those that are only asked about nothing, of others a small copy without metadata.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { readExamples } from '../../src/db/example-lists.ts'
import type { Source } from '../../src/images/source.ts'
import { parseLabel } from '../../src/label.ts'
import { savePrediction } from '../../src/services/feedback.ts'
import { addPictures } from '../../src/services/labeling.ts'
import { createPredictor } from '../../src/services/prediction.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { openApp } from '../support/app.ts'
import { noisy } from '../support/bad-pictures.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-not-stored-'))
const app = await openApp(home)
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const ARTIST = 'NAME-IN-THE-METADATA'

/** A large picture that says who made it. */
async function source(name: string, seed: number): Promise<Source> {
  const bytes = await noisy(seed, 900)
    .jpeg()
    .withExif({ IFD0: { Artist: ARTIST, Copyright: ARTIST } })
    .toBuffer()
  assert.ok(bytes.includes(ARTIST))
  return { name, read: async () => new Uint8Array(bytes) }
}

const filesWith = (text: string): string[] =>
  readdirSync(home).filter((name) => name.startsWith('mekiki') && readFileSync(join(home, name)).includes(text))

test('a copy has at most 512 pixels a side and no metadata; a picture that is only asked about leaves nothing', async () => {
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  for (let i = 0; i < 4; i++) {
    const label = parseLabel(i % 2 ? 'cat' : 'dog')
    const sources = [{ source: await source(`added-${i}.jpg`, i), label }]
    await Array.fromAsync(addPictures(app, { dataset, by: 'ann' }, sources))
  }
  const copies = await Array.fromAsync(readExamples(app.db, dataset))
  assert.equal(copies.length, 4)
  for (const { copy } of copies) {
    const { width, height, exif, xmp, iptc, icc } = await sharp(copy).metadata()
    assert.deepEqual([width, height, exif, xmp, iptc, icc], [512, 512, undefined, undefined, undefined, undefined])
  }
  assert.deepEqual(filesWith(ARTIST), [])

  await runToEnd(trainVersion(app, dataset, { heads: ['means'], budget: 0, by: 'test' }))
  const count = async () => {
    const rows = await Promise.all(
      (['pictures', 'features', 'examples', 'audit', 'feedback', 'expiring'] as const).map((table) =>
        app.db
          .selectFrom(table)
          .select((e) => e.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow(),
      ),
    )
    return rows.map(({ n }) => n)
  }
  const before = await count()
  const predict = await createPredictor(app, dataset)
  const [answer] = await Array.fromAsync(predict([await source('ASKED-ABOUT.jpg', 99)]))
  assert.ok(answer && 'features' in answer)
  await savePrediction(app, dataset, answer)
  const [pictures, features, examples, audit, feedback, expiring] = await count()
  // Only the answer itself, for a while, so that it can be rated.
  assert.deepEqual([pictures, features, examples, audit, feedback, Number(expiring) - 1], before)
  assert.deepEqual(filesWith('ASKED-ABOUT'), [])
})
