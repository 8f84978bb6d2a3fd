// SIGKILL at random moments: nothing that was acknowledged is lost, and nothing needs repair.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { seededRandom } from '../../models/random.ts'
import { noisy } from '../support/bad-pictures.ts'
import { MAIN, makeHome } from '../support/mekiki.ts'

const IMPORTS = 30
const TRAININGS = 25
const DRIVER = fileURLToPath(new URL('../support/kill-driver.ts', import.meta.url))
const { root, mekiki } = makeHome()
const home = join(root, 'home')
const pictures = join(root, 'pictures')
const random = seededRandom(Number(process.env.SEED ?? 1))

before(async () => {
  mkdirSync(pictures)
  for (let i = 0; i < 150; i++)
    writeFileSync(join(pictures, `${String(i).padStart(3, '0')}.png`), await noisy(i, 200).png().toBuffer())
})

/** Runs until it ends or is killed. @returns what it said, and whether it was killed */
async function killed(args: string[], milliseconds: number): Promise<{ said: string; wasKilled: boolean }> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, MEKIKI_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  const signal = await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
  clearTimeout(timer)
  return { said, wasKilled: signal === 'SIGKILL' }
}

/** Milliseconds until something is acknowledged, on this machine as it is now. */
async function timeToFirst(): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [DRIVER, join(root, 'warm'), pictures], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  return performance.now() - started
}

function inspect() {
  const file = join(home, 'mekiki.sqlite')
  const nothing = { whole: 'ok', orphans: 0, bare: 0, files: new Set<string>() }
  if (!existsSync(file)) return nothing
  const db = new SQLite(file)
  const whole = db.pragma('integrity_check', { simple: true })
  const orphans = db.pragma('foreign_key_check') as unknown[]
  // Tables are made all at once; before that nothing can have been acknowledged.
  if (!db.prepare("select 1 from sqlite_master where name = 'examples'").get()) {
    db.close()
    return nothing
  }
  const files = new Set(db.prepare('select file from examples').pluck().all() as string[])
  const bare = db
    .prepare(
      'select count(*) from pictures where id not in (select picture from features) or id not in (select picture from examples)',
    )
    .pluck()
    .get()
  db.close()
  return { whole, orphans: orphans.length, bare, files }
}

test(`import killed ${IMPORTS} times: every acknowledged example is there`, async () => {
  const acknowledged = new Set<string>()
  const first = await timeToFirst()
  /** Mostly after the first acknowledgement, long before the last. */
  const moment = (): number => first * (0.7 + 0.8 * random())
  let kills = 0
  while (kills < IMPORTS) {
    const { said, wasKilled } = await killed([DRIVER, home, pictures], moment())
    // Only whole lines were said.
    for (const file of said.split('\n').slice(0, -1)) acknowledged.add(file)
    if (!wasKilled) break
    kills++
    const { whole, orphans, bare, files } = inspect()
    assert.equal(whole, 'ok')
    assert.equal(orphans, 0)
    assert.equal(bare, 0)
    for (const file of acknowledged) assert.ok(files.has(file), file)
  }
  assert.ok(kills >= 5, `killed ${kills} times before it was done`)
  assert.ok(acknowledged.size > 0, 'nothing was acknowledged before a kill')
  // What is left of the kills goes to a home that begins anew each time.
  for (let n = kills; n < IMPORTS; n++) {
    const fresh = join(root, `fresh-${n}`)
    const { said } = await killed([DRIVER, fresh, pictures], moment())
    const said2 = said.split('\n').slice(0, -1)
    const { said: again, wasKilled } = await killed([DRIVER, fresh, pictures], 60_000)
    assert.equal(wasKilled, false)
    assert.equal(again.split('\n').length - 1, 150)
    for (const file of said2) assert.ok(again.includes(file))
  }
  await killed([DRIVER, home, pictures], 60_000)
  assert.equal(inspect().files.size, 150)
})

test(`train killed ${TRAININGS} times: the active version answers, and the next training ends`, async () => {
  assert.equal((await mekiki('home', 'train', '--json')).status, 0)
  let kills = 0
  while (kills < TRAININGS) {
    const { wasKilled } = await killed([MAIN, 'train'], 200 + 1500 * random())
    if (wasKilled) kills++
    const { whole, files } = inspect()
    assert.equal(whole, 'ok')
    assert.equal(files.size, 150)
    if (kills % 5 === 0) {
      const { lines, status } = await mekiki('home', 'predict', join(pictures, '000.png'), '--json')
      assert.equal(status, 0)
      assert.equal((lines[0]!.top as unknown[]).length, 3)
    }
  }
  const { versions } = (await mekiki('home', 'versions', '--json')).lines[0] as { versions: { current: boolean }[] }
  assert.equal(versions.filter((v) => v.current).length, 1)
  assert.equal((await mekiki('home', 'train', '--json')).status, 0)
})
