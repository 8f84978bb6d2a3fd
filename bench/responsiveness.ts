// How long the main thread and other servers wait while one server does something large, with 100,000 examples in one dataset.
// As the program does.
import '../bin/runtime.js'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { registry } from '../commands/registry.ts'
import { openApp } from '../src/app.ts'
import { DEFAULT_DATASET, openDataset } from '../src/db/datasets.ts'
import { purgeServers } from '../src/db/servers.ts'
import { fileSource } from '../src/files/sources.ts'
import { createPredictor } from '../src/services/prediction.ts'
import { LARGE, MEMBER, OWN, PURGED, SMALL } from './large-home.ts'

const LOCK_SECONDS = 30
/** Milliseconds between two looks at the memory. */
const MEMORY_MS = 20
const MIB = 2 ** 20

/** `peakMiB`: the most memory of the process while it ran. */
type Row = {
  what: string
  seconds: number
  delayP99: number
  delayMax: number
  answers: number
  answerP99: number
  peakMiB: number
}

/** Milliseconds of delay of the event loop, and from asking to answer in another server, while each operation runs. */
export async function measureResponsiveness(): Promise<{ rows: Row[]; peakMiB: number }> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const home = join(root, 'home')
  const pictures = join(root, 'pictures')
  // What it takes to make the data, and to train, is not what this process takes.
  execFileSync(process.execPath, [fileURLToPath(new URL('./large-home.ts', import.meta.url)), home, pictures])
  const app = await openApp(home, { readers: 2 })
  const open = (server: string) => openDataset(app.db, { server, name: DEFAULT_DATASET, create: false })
  const [small, large] = [await open(SMALL), await open(LARGE)]

  const run = (name: string, options: Record<string, unknown>) => async (): Promise<void> => {
    const command = await registry.find(name, 'discord')
    if (!command) throw new Error(`No command ${name}`)
    const call = { app, commands: registry, server: LARGE, dataset: large, by: MEMBER, screen: { page: 1 } }
    await drain(command.run({ ...call, options, requireAccess: () => {}, signal: AbortSignal.abort() } as never))
  }
  await app.recentFeatures.set('p', new Float32Array(816).fill(1))
  await app.ttlStore.set('prediction:p', { dataset: large, version: 1, said: null, guesses: [] })
  const operations: [string, () => Promise<void>][] = [
    ['nothing else', () => sleep(5_000)],
    [`a member's export of ${OWN} pictures`, run('export', {})],
    ['excluding 5,000 pictures', run('exclude', { examples: ['1000-5999'] })],
    ['deleting a label of 2,000', run('labels', { action: 'delete', label: 'label-1', yes: true })],
    ['`stats`', run('stats', {})],
    ['`versions`', run('versions', {})],
    ['`suspects`', run('suspects', {})],
    ['`review`', run('review', {})],
    ['`report`', run('report', {})],
    ['*Why?*', run('why', { prediction: 'p' })],
    [`purging a server of ${PURGED} pictures`, async () => void (await purgeServers(app.db, new Date()))],
    [`another program holds a write lock for ${LOCK_SECONDS} s`, () => holdLock(home)],
  ]
  const rows: Row[] = []
  const predict = await createPredictor(app, small)
  const asked = fileSource(join(pictures, '0.jpg'))
  for (const [what, work] of operations) rows.push(await measure(what, work, async () => drain(predict([asked]))))
  await app.close()
  rmSync(root, { recursive: true })
  return { rows, peakMiB: process.resourceUsage().maxRSS / 1024 }
}

async function measure(what: string, work: () => Promise<void>, ask: () => Promise<void>): Promise<Row> {
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
  let peak = 0
  const looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), MEMORY_MS)
  delay.enable()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  // What the operation left behind counts, too.
  await sleep(200)
  delay.disable()
  clearInterval(looking)
  isRunning = false
  await asking
  answers.sort((a, b) => a - b)
  return {
    what,
    seconds,
    delayP99: delay.percentile(99) / 1e6 - 5,
    delayMax: delay.max / 1e6 - 5,
    answers: answers.length,
    answerP99: answers[Math.min(answers.length - 1, Math.floor(0.99 * answers.length))] ?? 0,
    peakMiB: peak / MIB,
  }
}

/** Another process, as a backup program that locks the file. */
async function holdLock(home: string): Promise<void> {
  const code = `
    const database = new (require('better-sqlite3'))(${JSON.stringify(join(home, 'mekiki.sqlite'))})
    database.exec('begin immediate')
    setTimeout(() => database.exec('rollback'), ${LOCK_SECONDS * 1000})`
  await once(spawn(process.execPath, ['-e', code], { stdio: 'inherit' }), 'exit')
}

async function drain(work: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of work);
}

if (import.meta.main) console.log(JSON.stringify(await measureResponsiveness()))
