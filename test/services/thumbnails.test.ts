// Small pictures: made once, kept as copies are, gone with their picture.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openDataset } from '../../src/db/datasets.ts'
import { useEncryptionKeys } from '../../src/db/encryption.ts'
import { addExample, removeOwnExamples } from '../../src/db/examples.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { readThumbnail } from '../../src/db/thumbnails.ts'
import { parseLabel } from '../../src/label.ts'
import { ByteCache } from '../../src/services/byte-cache.ts'
import { Thumbnails } from '../../src/services/thumbnails.ts'
import { type App, openApp } from '../support/app.ts'
import { noisy } from '../support/bad-pictures.ts'
import { hashOf } from '../support/database.ts'

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const home = mkdtempSync(join(tmpdir(), 'mekiki-thumbnails-'))
let app: App
let dataset: number
let thumbnails: Thumbnails
const errors: unknown[] = []
before(async () => {
  app = await openApp(home, { keys: [OLD] })
  dataset = await openDataset(app.db, { server: '', name: 'main', create: true })
  thumbnails = new Thumbnails(app, (error) => errors.push(error))
})
after(async () => {
  assert.deepEqual(errors, [])
  await app.close()
  rmSync(home, { recursive: true })
})

async function addPicture(seed: number): Promise<{ example: number; picture: number }> {
  const hash = hashOf(`${seed}`)
  const copy = await noisy(seed).resize(400, 400).jpeg().toBuffer()
  const hashes = { fileHash: hash, pixelHash: hash, perceptualHash: BigInt(seed) }
  const about = { ...hashes, copy, width: 400, height: 400, contrast: 50 }
  const example = await addExample(app.db, dataset, {
    label: parseLabel('cat'),
    file: `${seed}`,
    by: 'ann',
    picture: about,
    backbone: 'made-up@1',
    features: new Float32Array(2),
  })
  assert.ok(example !== undefined)
  const row = await app.db.selectFrom('examples').select('picture').where('id', '=', example).executeTakeFirstOrThrow()
  return { example, picture: row.picture }
}

const stored = () => app.db.selectFrom('thumbnails').selectAll().execute()

test('the smallest are made once and kept, encrypted as copies are, and counted', async () => {
  const { picture } = await addPicture(1)
  const before = await measureStorage(app.db, dataset)
  const together = await Promise.all([1, 2, 3].map(() => thumbnails.read(dataset, { picture, side: 160 })))
  assert.equal(new Set(together).size, 1)
  const [bytes] = together
  assert.ok(bytes)
  assert.equal((await sharp(bytes).metadata()).width, 160)
  await thumbnails.flush()
  const [row] = await stored()
  assert.ok(row && !row.bytes.includes('WEBP') && Buffer.from(bytes).includes('WEBP'))
  assert.deepEqual(await readThumbnail(app.db, picture), Buffer.from(bytes))
  const { copyBytes } = await measureStorage(app.db, dataset)
  assert.equal(copyBytes, before.copyBytes + row.bytes.length)
})

test('with another key they are made again, and those of the old one are nowhere', async () => {
  const { picture } = await addPicture(2)
  await thumbnails.read(dataset, { picture, side: 160 })
  await thumbnails.flush()
  useEncryptionKeys(app.db, [NEW])
  assert.equal(await readThumbnail(app.db, picture), undefined)
  useEncryptionKeys(app.db, [NEW, OLD])
  await Array.fromAsync(reencryptPictures(app.db))
  assert.deepEqual(await stored(), [])
  useEncryptionKeys(app.db, [NEW])
  assert.ok(await thumbnails.read(dataset, { picture, side: 160 }))
  await thumbnails.flush()
  assert.ok(await readThumbnail(app.db, picture))
})

test('they go with their picture, also where that is deleted before they are kept', async () => {
  const first = await addPicture(3)
  const second = await addPicture(4)
  for (const { picture } of [first, second]) await thumbnails.read(dataset, { picture, side: 320 })
  await thumbnails.read(dataset, { picture: first.picture, side: 160 })
  await removeOwnExamples(app.db, dataset, { examples: [first.example], by: 'ann' })
  app.events.emit('examplesChanged', dataset, 1)
  await thumbnails.flush()
  assert.equal(await readThumbnail(app.db, first.picture), undefined)
  for (const side of [160, 320, 512] as const)
    assert.equal(await thumbnails.read(dataset, { picture: first.picture, side }), undefined)
  assert.ok(await thumbnails.read(dataset, { picture: second.picture, side: 320 }))
})

test('what nobody waits for anymore is not made', async () => {
  const { picture } = await addPicture(5)
  const signal = AbortSignal.abort()
  assert.equal(await thumbnails.read(dataset, { picture, side: 160, signal }), undefined)
  const [gone, there] = await Promise.all([
    thumbnails.read(dataset, { picture, side: 320, signal }),
    thumbnails.read(dataset, { picture, side: 320 }),
  ])
  assert.equal(gone, undefined)
  assert.ok(there)
})

test('the memory is bounded, and forgets a dataset', () => {
  const cache = new ByteCache(100)
  for (const key of ['a', 'b', 'c']) cache.write(1, key, Buffer.alloc(40))
  assert.deepEqual([cache.read(1, 'a'), cache.read(1, 'b')?.length], [undefined, 40])
  cache.write(2, 'd', Buffer.alloc(40))
  assert.deepEqual([cache.read(1, 'c'), cache.read(1, 'd')], [undefined, undefined])
  cache.drop(1)
  assert.deepEqual([cache.read(1, 'b'), cache.read(2, 'd')?.length], [undefined, 40])
})
