// Fills a home folder with one dataset of 100,000 examples beside others, in a process of its own: `node bench/large-home.ts HOME PICTURES`.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import sharp from 'sharp'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { seededRandom } from '../models/random.ts'
import { RANDOM_VIEWS } from '../models/views.ts'
import { openApp } from '../src/app.ts'
import { DEFAULT_DATASET, openDataset } from '../src/db/datasets.ts'
import { fileSource } from '../src/files/sources.ts'
import { parseLabel } from '../src/label.ts'
import { VIEWED_PICTURES } from '../src/services/backbones/features.ts'
import { addPictures } from '../src/services/labeling.ts'
import { trainVersion } from '../src/services/training/train-version.ts'
import { drawPhotographs } from './pictures.ts'

export const LARGE = 'server-with-100000'
export const SMALL = 'another-server'
const GONE = 'server-that-left'
export const MEMBER = 'member'
/** Pictures of the member. */
export const OWN = 2_000
const EXAMPLES = 100_000
/** Of the server that left. */
export const PURGED = 10_000
const LABELS = 50
/** Of the small dataset. */
const PHOTOGRAPHS = 24
/** Examples of the large dataset that its version was trained on. */
const TRAINED = 1_000
/** One of so many examples is a suspect; answers that people judged; versions beside the first. */
const SUSPECT_EVERY = 20
const JUDGED = 10_000
const MORE_VERSIONS = 9
/** Bytes of the others' copies; the member's own and the suspects' are pictures. */
const COPY_BYTES = 2_000
const SIDE = 512
const DIMENSIONS = 816
const NOW = '2026-01-01T00:00:00.000Z'

type Datasets = { large: number; gone: number }

/** @param pictures folder of the photographs that the small dataset learns from; they are drawn into it */
async function fillHome(home: string, pictures: string): Promise<void> {
  const files = await drawPhotographs(pictures, PHOTOGRAPHS)
  // Before the decoder closes the loaders of files.
  const copy = await drawCopy(files[0] ?? '')
  const app = await openApp(home)
  const open = (server: string) => openDataset(app.db, { server, name: DEFAULT_DATASET, create: true })
  const small = await open(SMALL)
  const items = files.map((file, i) => ({ source: fileSource(file), label: parseLabel(`${i % 2}`) }))
  await drain(addPictures(app, { dataset: small, by: 'bench' }, items))
  await drain(trainVersion(app, small, { heads: ['svm'], by: 'bench' }))

  const datasets = { large: await open(LARGE), gone: await open(GONE) }
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  const fill = new Filling(database, copy)
  fill.addExamples(datasets.large, { from: 0, to: TRAINED, labels: LABELS })
  await drain(trainVersion(app, datasets.large, { heads: ['svm'], by: 'bench' }))
  await app.close()
  fill.addExamples(datasets.large, { from: TRAINED, to: EXAMPLES, labels: LABELS })
  fill.addExamples(datasets.gone, { from: 0, to: PURGED, labels: 10 })
  database.transaction(() => addTraces(database, datasets))()
  database.close()
}

/** As pictures are stored. */
const drawCopy = (file: string): Promise<Buffer> => sharp(file).resize(SIDE, SIDE, { fit: 'inside' }).jpeg().toBuffer()

type Part = { from: number; to: number; labels: number }

/** Writes examples straight into the file: adding them one by one would take minutes. */
class Filling {
  private readonly database: SQLite.Database
  private readonly random = seededRandom(1)
  private readonly centres = Array.from({ length: LABELS }, () =>
    Float32Array.from({ length: DIMENSIONS }, () => this.random()),
  )
  private readonly picture: Buffer
  /** @param picture the copy of those that are drawn */
  constructor(database: SQLite.Database, picture: Buffer) {
    this.database = database
    this.picture = picture
  }

  addExamples(dataset: number, { from, to, labels }: Part): void {
    const prepare = (sql: string) => this.database.prepare(sql)
    const insertLabel = prepare('insert into labels (dataset, name, key) values (?, ?, ?) on conflict do nothing')
    const findLabel = prepare('select id from labels where dataset = ? and name = ?').pluck()
    const insertPicture = prepare(
      'insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast) values (?, ?, ?, ?, ?, 512, 512, 50)',
    )
    const insertExample = prepare(
      'insert into examples (picture, label, file, filed_at, filed_by) values (?, ?, ?, ?, ?)',
    )
    const insertFeatures = prepare('insert into features (picture, backbone, vector) values (?, ?, ?)')
    this.database.transaction(() => {
      const ids = Array.from({ length: labels }, (_, i) => {
        insertLabel.run(dataset, `label-${i}`, `LABEL-${i}`)
        return findLabel.get(dataset, `label-${i}`)
      })
      for (let i = from; i < to; i++) {
        const isOwn = from > 0 && i - from < OWN
        const hash = Buffer.from(`${dataset}-${i}`)
        const copy = isOwn || i % SUSPECT_EVERY === 0 ? this.picture : Buffer.alloc(COPY_BYTES, i)
        const perceptual = Math.floor(this.random() * 2 ** 52).toString(16)
        const picture = insertPicture.run(dataset, hash, hash, perceptual, copy).lastInsertRowid
        insertExample.run(picture, ids[i % labels], `${i}.png`, NOW, isOwn ? MEMBER : `person-${i % 100}`)
        for (const view of ['', ' mirrored'])
          insertFeatures.run(picture, `${EMBEDDED.id}${view}`, this.drawVector(i % labels))
        if (i < VIEWED_PICTURES) {
          const views = RANDOM_VIEWS.map(() => this.drawVector(i % labels))
          insertFeatures.run(picture, `${EMBEDDED.id} views`, Buffer.concat(views))
        }
      }
    })()
  }

  private drawVector(label: number): Buffer {
    const centre = this.centres[label] ?? new Float32Array(DIMENSIONS)
    return Buffer.from(centre.map((v) => v + 0.7 * this.random()).buffer)
  }
}

/** What a large dataset has beside its examples. */
function addTraces(database: SQLite.Database, { large, gone }: Datasets): void {
  const ids = database
    .prepare<[number], number>(
      'select examples.id from examples join labels on labels.id = label where dataset = ? order by examples.id',
    )
    .pluck()
    .all(large)
  // Those of the training have no pictures.
  database.exec('delete from suspicions')
  const scores = Buffer.alloc(8 * ids.length)
  const insertAudit = database.prepare(
    `insert into audit (at, server, dataset, by, action, detail) values ('${NOW}', ?, ?, ?, 'filed', ?)`,
  )
  const insertSuspicion = database.prepare(
    `insert or replace into suspicions (example, score, suggested, reasons, left_out) values (?, ?, 'label-1', '[{"kind":"looks-like","label":"label-1"}]', 0)`,
  )
  for (const [i, id] of ids.entries()) {
    const score = (i % 997) / 997
    scores.writeUInt32LE(id, 8 * i)
    scores.writeFloatLE(score, 8 * i + 4)
    insertAudit.run(LARGE, large, `person-${i % 100}`, JSON.stringify({ label: `label-${i % LABELS}`, example: id }))
    if (i % SUSPECT_EVERY === 0) insertSuspicion.run(id, score)
  }
  database.prepare('update surveys set scores = ? where dataset = ?').run(scores, large)
  const insertFeedback = database.prepare(
    `insert into feedback (dataset, prediction, version, said, right, truth, by, at) values (?, ?, 1, 'label-1', 1, null, 'person', '${NOW}')`,
  )
  for (let i = 0; i < JUDGED; i++) insertFeedback.run(large, `${i}`)
  const copyVersion = database.prepare(
    `insert into versions (dataset, number, made_at, backbone, measurement, classifier, label_ids)
      select dataset, ?, made_at, backbone, measurement, classifier, label_ids from versions where dataset = ? and number = 1`,
  )
  for (let i = 0; i < MORE_VERSIONS; i++) copyVersion.run(i + 2, large)
  database.prepare('update datasets set version = ? where id = ?').run(MORE_VERSIONS + 1, large)
  database.prepare("insert into servers (id, settings, joined_at, left_at) values (?, '{}', '2020', '2020')").run(GONE)
  database.prepare('update audit set server = ? where dataset = ?').run(GONE, gone)
}

async function drain(work: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of work);
}

if (import.meta.main) {
  const [home = '', pictures = ''] = process.argv.slice(2)
  await fillHome(home, pictures)
}
