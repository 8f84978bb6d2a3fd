// Adding pictures to labels, removing them, and finding them again.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { draw } from '../../demo/characters.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { countLabels } from '../../src/db/labels.ts'
import { readCopies } from '../../src/db/pictures.ts'
import { UserError } from '../../src/errors.ts'
import type { Source } from '../../src/images/source.ts'
import { parseLabel } from '../../src/label.ts'
import { addPictures, identifyPicture, removeFromLabel } from '../../src/services/labeling.ts'
import { type App, openApp } from '../support/app.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-labeling-'))
const label = parseLabel('Akari')
let app: App
let dataset: number
let drawings: string[]
before(async () => {
  app = await openApp(home)
  dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  drawings = await Promise.all([0, 1].map((k) => draw(join(home, 'drawn'), 'Akari', k)))
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const source = (name: string, bytes: Uint8Array): Source => ({ name, read: async () => new Uint8Array(bytes) })
const drawing = (k: number): Source => source(`${k}.png`, readFileSync(drawings[k] ?? ''))
const add = (...sources: Source[]) =>
  Array.fromAsync(
    addPictures(
      app,
      { dataset, by: 'test' },
      sources.map((source) => ({ source, label })),
    ),
  )

test('each picture has its outcome, in order; a bad one does not stop the others', async () => {
  const changes: number[] = []
  app.events.on('examplesChanged', (_, examples) => changes.push(examples))
  const outcomes = await add(drawing(0), source('text.png', Buffer.from('no picture')), drawing(0), drawing(1))
  assert.deepEqual(
    outcomes.map((o) => (o === 'duplicate' ? o : 'added' in o ? 'added' : `${o.file} ${o.code}`)),
    ['added', 'text.png picture.not-a-picture', 'duplicate', 'added'],
  )
  assert.deepEqual(changes, [1, 1])
  assert.deepEqual(await countLabels(app.db, dataset), [{ label: 'Akari', examples: 2 }])
})

test('what was added comes with the copy that was stored', async () => {
  const [outcome] = await Array.fromAsync(
    addPictures(app, { dataset, by: 'test' }, [{ source: drawing(0), label: parseLabel('other') }]),
  )
  assert.ok(outcome && typeof outcome === 'object' && 'added' in outcome)
  const stored = (await readCopies(app.db, dataset, [outcome.added])).get(outcome.added)
  assert.ok(stored)
  assert.deepEqual(Buffer.from(outcome.copy), Buffer.from(stored))
})

test('a picture is found by its file and by its pixels, and another one is not', async () => {
  const exact = await identifyPicture(app, dataset, drawing(0))
  const rewritten = await sharp(readFileSync(drawings[0] ?? ''))
    .png({ compressionLevel: 1 })
    .toBuffer()
  assert.equal(await identifyPicture(app, dataset, source('rewritten.png', rewritten)), exact)
  const other = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#a40' } })
    .png()
    .toBuffer()
  await assert.rejects(identifyPicture(app, dataset, source('other.png', other)), { code: 'example.not-filed' })
})

test('a removed picture can be removed only once', async () => {
  const remove = () => removeFromLabel(app, { dataset, by: 'test', as: 'manager' }, { source: drawing(1), label })
  await remove()
  await assert.rejects(remove(), { code: 'example.not-filed' })
})

test('what ends an import leaves what came before it, more than one batch of it', async () => {
  const colours = Array.from({ length: 11 }, (_, i) => ({ r: 20 * i, g: 255 - 20 * i, b: 90 }))
  const pictures = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const full: Source = {
    name: 'full.png',
    read: async () => {
      throw new UserError('disk.full', 'Expected room on the disk, found none')
    },
  }
  const sources = [...pictures.map((bytes, i) => source(`${i}.png`, bytes)), full, drawing(1)]
  const filings = sources.map((source) => ({ source, label: parseLabel('colours') }))
  const added: number[] = []
  await assert.rejects(
    async () => {
      for await (const outcome of addPictures(app, { dataset, by: 'test' }, filings)) {
        assert.ok(typeof outcome === 'object' && 'added' in outcome)
        added.push(outcome.added)
      }
    },
    { code: 'disk.full' },
  )
  assert.equal(added.length, colours.length)
  assert.equal((await readCopies(app.db, dataset, added)).size, colours.length)
})

test('stopped, it refuses pictures with an outcome of their own', async () => {
  app.queue.stop()
  const [outcome] = await add(drawing(1))
  assert.ok(outcome && typeof outcome === 'object' && 'code' in outcome)
  assert.equal(outcome.code, 'busy.stopping')
})
