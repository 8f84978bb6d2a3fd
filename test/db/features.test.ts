import assert from 'node:assert/strict'
import {
  addFeatures,
  countFeatures,
  featurePages,
  picturesWithout,
  readViews,
  type ViewSet,
  viewKey,
} from '../../src/db/features.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { addNew, BACKBONE, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

/** A dataset of so many pictures, and a way to keep features of them. */
async function makePictures(count: number) {
  const { db, dataset } = await makeDataset()
  for (let i = 0; i < count; i++) await addNew(db, dataset, { label: 'cat', pixels: `p${i}` })
  const examples = await readTrainingExamples(db, dataset)
  const keep = (picture: number, views: ViewSet, ...values: number[]) =>
    addFeatures(db, { picture, key: viewKey(BACKBONE, views), vector: Float32Array.from(values) })
  return { db, dataset, examples, pictures: examples.map((e) => e.picture), keep }
}

test('features are kept once for each picture and set of views', async () => {
  const { db, dataset, pictures, keep } = await makePictures(3)
  const [first = 0] = pictures
  const mirrored = viewKey(BACKBONE, 'mirrored')
  assert.equal(await countFeatures(db, dataset, viewKey(BACKBONE, 'plain')), 3)
  assert.deepEqual(await picturesWithout(db, dataset, mirrored), pictures)
  await keep(first, 'mirrored', 1, 2)
  await keep(first, 'mirrored', 3, 4)
  assert.equal(await countFeatures(db, dataset, mirrored), 1)
  assert.deepEqual(await picturesWithout(db, dataset, mirrored), pictures.slice(1))
})

test('features of a picture that was deleted meanwhile are dropped', async () => {
  const { db, dataset, keep } = await makePictures(1)
  await keep(999, 'mirrored', 1, 2)
  assert.equal(await countFeatures(db, dataset, viewKey(BACKBONE, 'mirrored')), 0)
})

test('pages give every example that has both views, in order, and only those', async () => {
  const { db, examples, pictures, keep } = await makePictures(3)
  const [first = 0, , third = 0] = pictures
  await keep(first, 'mirrored', 10, 20)
  await keep(third, 'mirrored', 30, 40)
  const read: [file: string, plain: number[], mirrored: number[]][] = []
  for await (const page of featurePages(db, [BACKBONE], examples))
    for (const { of, views } of page)
      for (const { plain, mirrored } of views) read.push([of.file, [...plain], [...mirrored]])
  assert.deepEqual(read, [
    ['p0', [2, 1], [10, 20]],
    ['p2', [2, 1], [30, 40]],
  ])
  assert.equal((await Array.fromAsync(featurePages(db, ['another@1'], examples))).flat().length, 0)
})

test('more examples than a page has are read page by page', async () => {
  const { db, examples, pictures, keep } = await makePictures(1)
  await keep(pictures[0] ?? 0, 'mirrored', 1, 2)
  // The same example again and again is enough for two pages.
  const many = Array.from({ length: 501 }, () => examples[0]).filter((e) => e !== undefined)
  const sizes: number[] = []
  for await (const page of featurePages(db, [BACKBONE], many)) sizes.push(page.length)
  assert.deepEqual(sizes, [500, 1])
})

test('random views are read for as many pictures as are asked for', async () => {
  const { db, dataset, pictures, keep } = await makePictures(3)
  for (const picture of pictures) await keep(picture, 'views', picture, 1, picture, 2)
  const views = await readViews(db, dataset, { backbone: BACKBONE, limit: 2 })
  assert.deepEqual([...views.keys()], pictures.slice(0, 2))
  assert.deepEqual([...(views.get(pictures[1] ?? 0) ?? [])], [pictures[1], 1, pictures[1], 2])
})

test('a page that was looked at takes no memory anymore once the next one is asked for', async () => {
  const { db, examples, pictures, keep } = await makePictures(2)
  for (const picture of pictures) await keep(picture, 'mirrored', 1, 2)
  const read: Float32Array[] = []
  for await (const page of featurePages(db, [BACKBONE], examples)) {
    const views = page.flatMap((example) => example.views)
    assert.ok(views.every(({ plain, mirrored }) => plain.length === 2 && mirrored.length === 2))
    read.push(...views.flatMap(({ plain, mirrored }) => [plain, mirrored]))
  }
  assert.deepEqual(
    read.map((vector) => vector.length),
    [0, 0, 0, 0],
  )
})

test('features from before they had 16 bits are read as they were', async () => {
  const { db, examples, pictures, keep } = await makePictures(2)
  const [first = 0, second = 0] = pictures
  await keep(second, 'mirrored', 1 / 3, 2)
  const old = { picture: first, backbone: viewKey(BACKBONE, 'mirrored') }
  const vector = Buffer.from(Float32Array.of(1 / 3, 70_000).buffer)
  await db
    .insertInto('features')
    .values({ ...old, vector, bits: 32 })
    .execute()
  const mirrored: number[][] = []
  for await (const page of featurePages(db, [BACKBONE], examples))
    for (const { views } of page) mirrored.push([...(views[0]?.mirrored ?? [])])
  assert.deepEqual(mirrored[0], [Math.fround(1 / 3), 70_000])
  const [third = 0, two] = mirrored[1] ?? []
  assert.equal(two, 2)
  // Eleven bits of what it was.
  assert.ok(third !== Math.fround(1 / 3) && Math.abs(third - 1 / 3) < 2 ** -12)
})
