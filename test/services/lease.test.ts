// Who serves a database, on a clock that is moved: what expires, who waits, and who gives way.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, mock, test } from 'node:test'
import { pino } from 'pino'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { openTtlStore, type TtlStore } from '../../src/db/ttl-store.ts'
import { type HeldLease, takeLease } from '../../src/services/lease.ts'

const SECOND = 1_000
/** A lease that is not renewed for this long is anybody's. */
const TTL = 20 * SECOND
const STEP = 100

const home = mkdtempSync(join(tmpdir(), 'mekiki-lease-'))
let db: Database
let store: TtlStore
before(async () => {
  db = await openDatabase(home)
  store = openTtlStore(db)
})
after(async () => {
  await db.destroy()
  rmSync(home, { recursive: true })
})
beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_700_000_000_000 }))
afterEach(async () => {
  mock.timers.reset()
  await store.delete('serving')
})

const log = pino({ level: 'silent' })
const take = (onLost = () => {}): Promise<HeldLease> =>
  takeLease(store, { log, signal: new AbortController().signal, onLost })

/** What an ended or a running process on another machine has written. */
const writeOther = (holder = 'another') =>
  store.set('serving', { holder, host: 'another-machine', pid: 1, until: Date.now() + TTL }, TTL)
const readHolder = async () => (await store.get<{ holder: string }>('serving'))?.holder

/** Moves the clock until something has ended, at most so many milliseconds. Resolves to how many. */
async function moveUntilEnded(work: Promise<unknown>, most: number): Promise<number> {
  const start = Date.now()
  let isEnded = false
  work.then(
    () => (isEnded = true),
    () => (isEnded = true),
  )
  while (!isEnded && Date.now() - start < most) await move(STEP)
  assert.ok(isEnded, `not ended after ${most} ms`)
  return Date.now() - start
}

/** Moves the clock, and lets what was waiting for it read and write. */
async function move(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= STEP) {
    mock.timers.tick(Math.min(left, STEP))
    await settled()
  }
}
/** One query comes after all that were asked before it; a renewal takes two. */
async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) await store.get('nothing')
}

test('what a killed process on another machine left is taken over once it has expired, and not before', async () => {
  await writeOther()
  const taking = take()
  await move(TTL - 2 * SECOND)
  assert.equal(await readHolder(), 'another')
  const waited = TTL - 2 * SECOND + (await moveUntilEnded(taking, 5 * SECOND))
  assert.ok(waited >= TTL, `${waited}`)
  const lease = await taking
  assert.notEqual(await readHolder(), 'another')
  await lease.release()
  assert.equal(await readHolder(), undefined)
})

test('what a killed process on this machine left is taken over at once', async () => {
  // No process has this number.
  await store.set('serving', { holder: 'killed', host: hostname(), pid: 2 ** 30, until: Date.now() + TTL }, TTL)
  const taking = take()
  assert.ok((await moveUntilEnded(taking, 5 * SECOND)) < SECOND)
  await (await taking).release()
})

test('a process on another machine that renews its lease is left alone', async () => {
  await writeOther()
  const refused = assert.rejects(take(), { code: 'serve.already-running' })
  await move(3 * SECOND)
  await writeOther()
  await moveUntilEnded(refused, 2 * SECOND)
  await refused
  assert.equal(await readHolder(), 'another')
})

test('a lease is renewed for as long as it is held', async () => {
  const taking = take()
  await moveUntilEnded(taking, SECOND)
  const lease = await taking
  const holder = await readHolder()
  await move(3 * TTL)
  assert.equal(await readHolder(), holder)
  await lease.release()
})

test('of two that come at the same moment one serves', async () => {
  const both = Promise.allSettled([take(), take()])
  await moveUntilEnded(both, 5 * SECOND)
  const held = (await both).filter((outcome) => outcome.status === 'fulfilled')
  const [refused] = (await both).filter((outcome) => outcome.status === 'rejected')
  assert.equal(held.length, 1)
  assert.equal(refused?.reason.code, 'serve.already-running')
  await held[0]?.value.release()
})

test('whoever lost the lease is told once, and leaves it to its new holder', async () => {
  let lost = 0
  const taking = take(() => lost++)
  await moveUntilEnded(taking, SECOND)
  const lease = await taking
  await writeOther('thief')
  await move(15 * SECOND)
  assert.equal(lost, 1)
  await lease.release()
  assert.equal(await readHolder(), 'thief')
})
