// How long the main thread and other servers wait while one server does something large, with 100,000 examples in one dataset.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { registry } from '../commands/registry.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { seededRandom } from '../models/random.ts'
import { type App, openApp } from '../src/app.ts'
import { DEFAULT_DATASET, openDataset } from '../src/db/datasets.ts'
import { purgeServers } from '../src/db/servers.ts'
import { fileSource } from '../src/files/sources.ts'
import { parseLabel } from '../src/label.ts'
import { addPictures } from '../src/services/labeling.ts'
import { createPredictor } from '../src/services/prediction.ts'
import { trainVersion } from '../src/services/training/train-version.ts'
import { drawPhotographs } from './pictures.ts'

const EXAMPLES = 100_000
const LABELS = 50
/** Bytes of a copy; the member's own are real sizes. */
const COPY_BYTES = 2_000
const OWN_COPY_BYTES = 30_000
/** Pictures of the member who exports. */
const OWN = 2_000
const LOCK_SECONDS = 30
const LARGE = 'server-with-100000'
const SMALL = 'another-server'
const GONE = 'server-that-left'
/** Of the server that left. */
const PURGED = 10_000
const MEMBER = 'member'

type Row = { what: string; seconds: number; delayP99: number; delayMax: number; answers: number; answerP99: number }

/** Milliseconds of delay of the event loop, and from asking to answer in another server, while each operation runs. */
export async function measureResponsiveness(): Promise<{ rows: Row[]; peakMiB: number }> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const home = join(root, 'home')
  const app = await openApp(home, { readers: 2 })
  const files = await drawPhotographs(join(root, 'pictures'), 24)
  const small = await openDataset(app.db, { server: SMALL, name: DEFAULT_DATASET, create: true })
  await drain(
    addPictures(
      app,
      { dataset: small, by: 'bench' },
      files.map((file, i) => ({ source: fileSource(file), label: parseLabel(`${i % 2}`) })),
    ),
  )
  await drain(trainVersion(app, small, { heads: ['svm'], by: 'bench' }))
  const large = await openDataset(app.db, { server: LARGE, name: DEFAULT_DATASET, create: true })
  const gone = await openDataset(app.db, { server: GONE, name: DEFAULT_DATASET, create: true })
  fill(join(home, 'mekiki.sqlite'), { large, gone, small })

  const run = (name: string, options: Record<string, unknown>) => async (): Promise<void> => {
    const command = registry.find(name, 'discord')
    if (!command) throw new Error(`No command ${name}`)
    const call = { app, commands: registry, server: LARGE, dataset: large, by: MEMBER, chat: { channel: '1' } }
    await drain(command.run({ ...call, options, requireAccess: () => {}, signal: AbortSignal.abort() } as never))
  }
  app.recentFeatures.set('p', new Float32Array(816).fill(1))
  await app.ttlStore.set('prediction:p', { dataset: large, version: 1, said: null, guesses: [] })
  const operations: [string, () => Promise<void>][] = [
    ['nothing else', () => sleep(5_000)],
    [`a member's export of ${OWN} pictures`, run('export', {})],
    ['excluding 5,000 pictures', run('exclude', { examples: ['1000-5999'] })],
    ['deleting a label of 2,000', run('labels', { action: 'delete', label: 'label-1' })],
    ['`stats`', run('stats', {})],
    ['`versions`', run('versions', {})],
    ['*Why?*', run('why', { prediction: 'p' })],
    [`purging a server of ${PURGED} pictures`, async () => void (await purgeServers(app.db, new Date()))],
    [`another program holds a write lock for ${LOCK_SECONDS} s`, () => holdLock(home)],
  ]
  const rows: Row[] = []
  const predict = await createPredictor(app, small)
  for (const [what, work] of operations)
    rows.push(await measure(app, what, work, async () => drain(predict([fileSource(files[0]!)]))))
  await app.close()
  rmSync(root, { recursive: true })
  return { rows, peakMiB: process.resourceUsage().maxRSS / 1024 }
}

async function measure(_: App, what: string, work: () => Promise<void>, ask: () => Promise<void>): Promise<Row> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const answers: number[] = []
  let isRunning = true
  const asking = (async () => {
    while (isRunning) {
      const start = performance.now()
      await ask()
      answers.push(performance.now() - start)
      await sleep(20)
    }
  })()
  delay.enable()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  // What the operation left behind counts, too.
  await sleep(200)
  delay.disable()
  isRunning = false
  await asking
  answers.sort((a, b) => a - b)
  const row = {
    what,
    seconds,
    delayP99: delay.percentile(99) / 1e6 - 5,
    delayMax: delay.max / 1e6 - 5,
    answers: answers.length,
    answerP99: answers[Math.min(answers.length - 1, Math.floor(0.99 * answers.length))] ?? 0,
  }
  return row
}

/** Another process, as a backup program that locks the file. */
async function holdLock(home: string): Promise<void> {
  const code = `
    const database = new (require('better-sqlite3'))(${JSON.stringify(join(home, 'mekiki.sqlite'))})
    database.exec('begin immediate')
    setTimeout(() => database.exec('rollback'), ${LOCK_SECONDS * 1000})`
  await once(spawn(process.execPath, ['-e', code], { stdio: 'inherit' }), 'exit')
}

/** Writes examples straight into the file: adding them one by one would take minutes. */
function fill(file: string, { large, gone, small }: { large: number; gone: number; small: number }): void {
  const database = new SQLite(file)
  const random = seededRandom(1)
  const insertLabel = database.prepare('insert into labels (dataset, name, key) values (?, ?, ?)')
  const insertPicture = database.prepare(
    'insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast) values (?, ?, ?, ?, ?, 512, 512, 50)',
  )
  const insertExample = database.prepare(
    "insert into examples (picture, label, file, filed_at, filed_by, state) values (?, ?, ?, ?, ?, 'kept')",
  )
  const insertFeatures = database.prepare('insert into features (picture, backbone, vector) values (?, ?, ?)')
  const addAll = (dataset: number, count: number, labels: number): void => {
    const ids = Array.from({ length: labels }, (_, i) =>
      Number(insertLabel.run(dataset, `label-${i}`, `LABEL-${i}`).lastInsertRowid),
    )
    for (let i = 0; i < count; i++) {
      const own = dataset === large && i < OWN
      const hash = Buffer.from(`${dataset}-${i}`)
      const copy = Buffer.alloc(own ? OWN_COPY_BYTES : COPY_BYTES, i)
      const perceptual = Math.floor(random() * 2 ** 52).toString(16)
      const picture = insertPicture.run(dataset, hash, hash, perceptual, copy).lastInsertRowid
      insertExample.run(picture, ids[i % labels], `${i}.png`, '2026-01-01T00:00:00.000Z', own ? MEMBER : 'others')
      const vector = Buffer.from(Float32Array.from({ length: 816 }, random).buffer)
      insertFeatures.run(picture, EMBEDDED.id, vector)
      insertFeatures.run(picture, `${EMBEDDED.id} mirrored`, vector)
    }
  }
  database.transaction(() => {
    addAll(large, EXAMPLES, LABELS)
    addAll(gone, PURGED, 10)
    // The version of the small dataset serves the large one: only its size matters here.
    database
      .prepare(
        'insert into versions (dataset, number, made_at, backbone, measurement, classifier) select ?, number, made_at, backbone, measurement, classifier from versions where dataset = ?',
      )
      .run(large, small)
    database.prepare('update datasets set version = 1 where id = ?').run(large)
    database
      .prepare("insert into servers (id, settings, joined_at, left_at) values (?, '{}', '2020', '2020')")
      .run(GONE)
  })()
  database.close()
}

async function drain(work: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of work);
}

if (import.meta.main) console.log(JSON.stringify(await measureResponsiveness()))
