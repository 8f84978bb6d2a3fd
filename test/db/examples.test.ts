import assert from 'node:assert/strict'
import { findByName, listExamplesOf, readExamples } from '../../src/db/example-lists.ts'
import { hasExample, removeExample, removeOwnExamples } from '../../src/db/examples.ts'
import { forgetPicture } from '../../src/db/forget-picture.ts'
import { countLabels } from '../../src/db/labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { findPicture, readCopies, readCopy } from '../../src/db/pictures.ts'
import { decide } from '../../src/db/reviews.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { parseLabel } from '../../src/label.ts'
import { add, addNew, hashOf, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const cat = parseLabel('cat')
const exclude = (example: number) => ({
  examples: [example],
  decision: 'exclude' as const,
  by: 'rita',
  as: 'reviewer' as const,
  agreement: 1,
})

test('a file is recognized under its label before it is decoded, and its pixels after that', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a', file: 'a.jpg' })
  const has = (label: string, file: string) =>
    hasExample(db, dataset, { label: parseLabel(label), fileHash: hashOf(file), by: 'ann' })
  assert.equal(await has('CAT', 'a.jpg'), true)
  assert.equal(await has('cat', 'b.jpg'), false)
  assert.equal(await has('dog', 'a.jpg'), false)
  assert.equal(await add(db, dataset, { label: 'cat', pixels: 'a', file: 'b.jpg' }), undefined)
  assert.notEqual(await add(db, dataset, { label: 'dog', pixels: 'a' }), undefined)
})

test('a withdrawn example comes back when somebody else adds it, not when its import runs again', async () => {
  const { db, dataset } = await makeDataset()
  const example = await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })
  await setWithdrawn(db, dataset, { teacher: 'ann', by: 'max', withdrawn: true })
  const has = (by: string) => hasExample(db, dataset, { label: cat, fileHash: hashOf('a'), by })
  assert.deepEqual([await has('ann'), await has('bob')], [true, false])
  assert.equal(await add(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' }), undefined)
  assert.deepEqual(await readTrainingExamples(db, dataset), [])
  assert.equal(await add(db, dataset, { label: 'cat', pixels: 'a', by: 'bob' }), example)
  assert.deepEqual(
    (await readTrainingExamples(db, dataset)).map((e) => [e.example, e.by]),
    [[example, 'bob']],
  )
})

test('nobody adds what a reviewer excluded', async () => {
  const { db, dataset } = await makeDataset()
  await decide(db, dataset, exclude(await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })))
  assert.equal(await hasExample(db, dataset, { label: cat, fileHash: hashOf('a'), by: 'bob' }), true)
  assert.equal(await add(db, dataset, { label: 'cat', pixels: 'a', by: 'bob' }), undefined)
  assert.deepEqual(await readTrainingExamples(db, dataset), [])
})

test('a picture removed from one label stays under others; from its last one it is deleted', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await addNew(db, dataset, { label: 'dog', pixels: 'a' })
  const picture = (await findPicture(db, dataset, { fileHash: hashOf('a') })) ?? 0
  const remove = (label: string) =>
    removeExample(db, dataset, { label: parseLabel(label), picture, by: 'ann', as: 'teacher' })
  assert.equal(await remove('cat'), true)
  assert.equal(await remove('cat'), false)
  assert.deepEqual(
    (await listExamplesOf(db, picture)).map((e) => e.label),
    ['dog'],
  )
  assert.equal(await remove('dog'), true)
  assert.equal(await readCopy(db, picture), undefined)
  assert.deepEqual(await countLabels(db, dataset), [])
})

test('people take back what they added themselves, and nothing else', async () => {
  const { db, dataset } = await makeDataset()
  const own = await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })
  const other = await addNew(db, dataset, { label: 'cat', pixels: 'b', by: 'bob' })
  assert.equal(await removeOwnExamples(db, dataset, { examples: [own, other, 999], by: 'ann' }), 1)
  const picture = (await findPicture(db, dataset, { pixelHash: hashOf('b') })) ?? 0
  assert.equal(await forgetPicture(db, dataset, { picture, by: 'ann' }), 0)
  assert.equal(await forgetPicture(db, dataset, { picture, by: 'bob' }), 1)
  assert.deepEqual(await readTrainingExamples(db, dataset), [])
})

test('examples are found by number, range and file name, excluded ones too', async () => {
  const { db, dataset } = await makeDataset()
  const [a, b, c] = [
    await addNew(db, dataset, { label: 'cat', pixels: 'a', file: 'x.jpg' }),
    await addNew(db, dataset, { label: 'cat', pixels: 'b', file: 'x.jpg' }),
    await addNew(db, dataset, { label: 'dog', pixels: 'c', file: '12 monkeys' }),
  ]
  await decide(db, dataset, exclude(b))
  assert.deepEqual(await findByName(db, dataset, `${a}`), [a])
  assert.deepEqual(await findByName(db, dataset, `#${a}-${c}`), [a, b, c])
  assert.deepEqual(await findByName(db, dataset, 'x.jpg'), [a, b])
  assert.deepEqual(await findByName(db, dataset, '12 monkeys'), [c])
  assert.equal(await findByName(db, dataset, '999'), undefined)
  assert.equal(await findByName(db, dataset, 'y.jpg'), undefined)
  // Of a longer path, what is kept of it; nothing where that is of several.
  assert.deepEqual(await findByName(db, dataset, './elsewhere/12 monkeys'), [c])
  for (const several of ['./elsewhere/x.jpg', `./elsewhere/${a}`])
    assert.equal(await findByName(db, dataset, several), undefined)
})

test('what is learned from is read with its copies, over more than one page', async () => {
  const { db, dataset } = await makeDataset()
  const ids: number[] = []
  for (let i = 0; i < 53; i++) ids.push(await addNew(db, dataset, { label: 'cat', pixels: `p${i}` }))
  await decide(db, dataset, exclude(ids[1] ?? 0))
  const read = await Array.fromAsync(readExamples(db, dataset))
  assert.deepEqual(
    read.map((e) => e.id),
    ids.filter((_, i) => i !== 1),
  )
  assert.equal(Buffer.from(read[0]?.copy ?? []).toString(), 'copy of p0')
  const copies = await readCopies(db, dataset, [ids[5] ?? 0, ids[2] ?? 0, 999])
  assert.deepEqual([...copies.keys()], [ids[2], ids[5]])
})

test('an example tells training what it needs to know', async () => {
  const { db, dataset } = await makeDataset()
  const example = await addNew(db, dataset, { label: 'Cat', pixels: 'a', file: 'a.jpg', by: 'ann' })
  const [read, ...others] = await readTrainingExamples(db, dataset)
  assert.equal(others.length, 0)
  const { picture, labelId: _, ...rest } = read ?? { picture: 0, labelId: 0 }
  assert.equal(picture, await findPicture(db, dataset, { pixelHash: hashOf('a') }))
  const hash = hashOf('a').readBigUInt64LE()
  const about = { label: 'Cat', file: 'a.jpg', by: 'ann', hash, vouched: false, side: 8, contrast: 50 }
  assert.deepEqual(rest, { example, ...about })
})
