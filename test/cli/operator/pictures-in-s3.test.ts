// Pictures in a bucket, as the operator meets them: set up, used, moved, and what goes wrong.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, before, test } from 'node:test'
import { draw } from '../../../demo/characters.ts'
import { type Database, openDatabase } from '../../../src/db/connection.ts'
import { openBucket } from '../../../src/db/objects/bucket.ts'
import { useBucket } from '../../../src/db/objects/bucket-of.ts'
import { sweepObjects } from '../../../src/db/objects/sweep-objects.ts'
import { startProxy } from '../../support/discord/proxy.ts'
import { databaseOf, environmentOf } from '../../support/home-database.ts'
import { MAIN, makeHome } from '../../support/mekiki.ts'
import { startS3 } from '../../support/s3.ts'

const { root, mekiki } = makeHome()
const PER_LABEL = 4
const HOUR_MS = 3_600_000
const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const DATA_KEY = randomBytes(32).toString('base64')
const s3 = await startS3()
const WITH_BUCKET: Record<string, string> = { DATA_KEY, ...s3.env }
let asked: string

before(async () => {
  for (const name of ['Akari', 'Botan'])
    for (let k = 0; k < PER_LABEL; k++) await draw(join(root, 'pictures', name), name, k)
  asked = await draw(join(root, 'asked'), 'Akari', 9)
})
afterEach(() => {
  set({})
  s3.control.react = () => undefined
  s3.control.beforeAnswer = async () => {}
})

/** The settings of whatever is started from now on. */
function set(values: Record<string, string>): void {
  for (const name of [...Object.keys(WITH_BUCKET), 'HTTP_PROXY']) delete process.env[name]
  Object.assign(process.env, values)
}

async function inDatabase<T>(home: string, work: (db: Database) => Promise<T>): Promise<T> {
  const path = join(root, home)
  const db = await openDatabase(path, { databaseUrl: await databaseOf(path) })
  useBucket(db, openBucket(s3.options))
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}
const objectsOf = (home: string): Promise<string[]> =>
  inDatabase(home, async (db) => {
    const query = db.selectFrom('pictures').select('object').where('object', 'is not', null)
    const rows = await query.orderBy('id').execute()
    return rows.map(({ object }) => `mekiki/${object}`)
  })
/** Every object has its row, every row its object, once what is due by then is deleted. */
async function assertWhole(home: string): Promise<void> {
  await inDatabase(home, (db) => sweepObjects(db, Date.now() + 2 * HOUR_MS))
  assert.deepEqual([...s3.objects.keys()].toSorted(), (await objectsOf(home)).toSorted())
}

type Checks = { check: string; ok: boolean; found: string }[]
async function doctor(home: string): Promise<[boolean, string][]> {
  const { lines } = await mekiki(home, 'doctor', '--json')
  const checks = lines.flatMap((line) => ('checks' in line ? (line.checks as Checks) : []))
  return checks.filter(({ check }) => check.startsWith('bucket')).map(({ ok, found }) => [ok, found])
}

test('pictures move into the bucket, more are added, and everything goes on with them there', async () => {
  set({ DATA_KEY })
  assert.equal((await mekiki('a', 'label', 'Akari', await draw(join(root, 'first'), 'Akari', 7))).status, 0)
  assert.match((await mekiki('a', 'pictures', 'move', '--to', 'bucket')).err, /bucket\.not-set/)
  assert.deepEqual(await doctor('a'), [])
  set(WITH_BUCKET)
  const moved = await mekiki('a', 'pictures', 'move', '--to', 'bucket', '--json')
  assert.deepEqual(moved.lines.at(-1), { to: 'bucket', changed: 1, unreadable: 0 })
  assert.equal((await mekiki('a', 'import', join(root, 'pictures'))).status, 0)
  assert.equal(s3.objects.size, 1 + 2 * PER_LABEL)
  for (const bytes of s3.objects.values()) assert.ok(!bytes.includes(JPEG) && !bytes.includes('MKS1'))
  for (const file of readdirSync(join(root, 'a'))) assert.ok(!readFileSync(join(root, 'a', file)).includes(JPEG))

  assert.equal((await mekiki('a', 'train', '--json')).status, 0)
  assert.equal((await mekiki('a', 'predict', asked, '--json')).status, 0)
  const exported = await mekiki('a', 'export', join(root, 'exported'), '--json')
  assert.deepEqual([exported.lines.at(-1)!.examples, exported.lines.at(-1)!.unreadable], [1 + 2 * PER_LABEL, 0])
  const [akari] = readdirSync(join(root, 'exported', 'pictures', 'Akari'))
  assert.ok(
    readFileSync(join(root, 'exported', 'pictures', 'Akari', akari!))
      .subarray(0, 3)
      .equals(JPEG),
  )
  const ways = await doctor('a')
  assert.deepEqual(
    ways.map(([ok]) => ok),
    [true, true],
  )
  assert.match(ways[1]![1], /^9 of 9 were read/)
  assert.deepEqual((await mekiki('a', 'pictures', 'check', '--json')).lines.at(-1), {
    checked: 1 + 2 * PER_LABEL,
    unreadable: 0,
    named: [],
  })
  await assertWhole('a')
})

test('a command that deletes pictures leaves none of their objects when it ends', async () => {
  set(WITH_BUCKET)
  const file = await draw(join(root, 'removed'), 'Akari', 11)
  await mekiki('a', 'label', 'Akari', file)
  const before = s3.objects.size
  assert.equal((await mekiki('a', 'unlabel', 'Akari', file)).status, 0)
  assert.equal(s3.objects.size, before - 1)
  assert.deepEqual([...s3.objects.keys()].toSorted(), (await objectsOf('a')).toSorted())
})

test('what is not set, or wrongly, is a clear error before anything is done', async () => {
  const failsWith = async (values: Record<string, string>, code: string, home = 'a') => {
    set(values)
    const { status, err } = await mekiki(home, 'labels')
    assert.equal(status, 1)
    assert.ok(err.includes(code), `${code}: ${err}`)
  }
  const { DATA_KEY: _, ...unencrypted } = WITH_BUCKET
  const { S3_SECRET_ACCESS_KEY: __, ...halfAKey } = WITH_BUCKET
  await failsWith({ DATA_KEY }, 'bucket.not-set')
  await failsWith(unencrypted, 'bucket.no-key', 'fresh')
  await failsWith(halfAKey, 'bucket.no-credentials')
  await failsWith({ ...WITH_BUCKET, PICTURES_URL: 'pics' }, 'config.invalid')
})

test('the bucket is reached through the proxy of the environment', async () => {
  const proxy = await startProxy({ 's3.example.test': '127.0.0.1' })
  const url = `http://s3.example.test:${s3.port}`
  set({
    ...WITH_BUCKET,
    PICTURES_URL: WITH_BUCKET.PICTURES_URL!.replace(/^http:\/\/[^/]+/, url),
    HTTP_PROXY: proxy.url,
  })
  const checked = await mekiki('a', 'pictures', 'check', '--json')
  await proxy.stop()
  assert.deepEqual(checked.lines.at(-1), { checked: 1 + 2 * PER_LABEL, unreadable: 0, named: [] })
  assert.ok(proxy.seen.some((what) => what.includes('s3.example.test')))
})

test('while the bucket denies, nothing is added and told to be; answers and trainings go on', async () => {
  set(WITH_BUCKET)
  const before = await objectsOf('a')
  s3.control.react = () => ({ status: 403, code: 'AccessDenied' })
  const refused = await mekiki('a', 'label', 'Akari', await draw(join(root, 'denied'), 'Akari', 12))
  assert.equal(refused.status, 1)
  assert.match(refused.err, /bucket\.denied/)
  assert.deepEqual(await objectsOf('a'), before)
  assert.equal((await mekiki('a', 'predict', asked, '--json')).status, 0)
  assert.equal((await mekiki('a', 'train', '--json')).status, 0)
  assert.match((await doctor('a'))[0]![1], /AccessDenied/)
  set({ ...WITH_BUCKET, PICTURES_URL: WITH_BUCKET.PICTURES_URL!.replace('eu-test-1', 'us-east-1') })
  const elsewhere = await mekiki('a', 'label', 'Akari', asked)
  assert.match(elsewhere.err, /eu-test-1[\s\S]*bucket\.region/)
})

test('a picture that the bucket lost is named; all others are exported, and trained on', async () => {
  set(WITH_BUCKET)
  const [key] = await objectsOf('a')
  const kept = s3.objects.get(key!)!
  s3.objects.delete(key!)
  const { lines } = await mekiki('a', 'pictures', 'check', '--json')
  const { unreadable, named } = lines.at(-1) as { unreadable: number; named: { example: number }[] }
  assert.deepEqual([unreadable, named.map(({ example }) => example)], [1, [1]])
  assert.match((await doctor('a'))[1]![1], /^1 of 9 pictures are missing or changed: #1$/)
  const exported = await mekiki('a', 'export', join(root, 'without'), '--json')
  assert.deepEqual([exported.lines.at(-1)!.examples, exported.lines.at(-1)!.unreadable], [2 * PER_LABEL, 1])
  assert.equal((await mekiki('a', 'train', '--json')).status, 0)
  s3.objects.set(key!, kept)
})

test('a backup that is restored finds its pictures; what it does not know is deleted after 14 days', async (t) => {
  if (process.env.MEKIKI_TEST_ENGINE === 'postgres') return t.skip('a PostgreSQL is backed up in its own way')
  set(WITH_BUCKET)
  const file = join(root, 'backup.sqlite')
  assert.equal((await mekiki('a', 'backup', 'create', file)).status, 0)
  const before = await objectsOf('a')
  await mekiki('a', 'label', 'Akari', await draw(join(root, 'later'), 'Akari', 14))
  assert.equal((await mekiki('a', 'backup', 'restore', file)).status, 0)
  assert.deepEqual(await objectsOf('a'), before)
  assert.equal((await mekiki('a', 'pictures', 'check', '--json')).lines.at(-1)!.unreadable, 0)
  // The database that was replaced is still there, and knows it.
  await inDatabase('a', (db) => sweepObjects(db, Date.now() + 13 * 24 * HOUR_MS))
  assert.equal(s3.objects.size, before.length + 1)
  await inDatabase('a', (db) => sweepObjects(db, Date.now() + 15 * 24 * HOUR_MS))
  await assertWhole('a')
})

test('a backup that holds the pictures puts them back into a bucket that lost everything', async () => {
  set(WITH_BUCKET)
  const file = join(root, 'with-pictures.sqlite')
  assert.equal((await mekiki('a', 'backup', 'create', file, '--with-pictures')).status, 0)
  const { length } = await objectsOf('a')
  s3.objects.clear()
  s3.control.react = ({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : undefined)
  const denied = await mekiki('a', 'backup', 'restore', file)
  assert.equal(denied.status, 1)
  assert.match(denied.out, /Restored/)
  assert.match(denied.err, /bucket\.denied/)
  assert.deepEqual(await objectsOf('a'), [])
  assert.equal((await mekiki('a', 'pictures', 'check')).status, 0)
  s3.control.react = () => undefined
  const restored = await mekiki('a', 'backup', 'restore', file, '--json')
  assert.equal(restored.status, 0, restored.err)
  assert.deepEqual(restored.lines.at(-1), { to: 'bucket', changed: length, unreadable: 0 })
  assert.equal((await objectsOf('a')).length, length)
  assert.deepEqual((await mekiki('a', 'pictures', 'check', '--json')).lines.at(-1)?.unreadable, 0)
  await assertWhole('a')
})

/** Starts a command and kills it when the bucket is asked something. */
async function killedAt(method: string, home: string, args: string[]): Promise<void> {
  let child: ChildProcess | undefined
  s3.control.beforeAnswer = async (one) => {
    if (one.method !== method || !child) return
    const ended = once(child, 'close')
    child.kill('SIGKILL')
    await ended
  }
  const env = { ...process.env, MEKIKI_HOME: join(root, home), ...(await environmentOf(join(root, home))) }
  child = spawn(process.execPath, [MAIN, ...args], { env, stdio: 'ignore' })
  const [, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL')
  s3.control.beforeAnswer = async () => {}
}

test('killed after an object is there and before its row is: nothing is left of it', async () => {
  set(WITH_BUCKET)
  const [before, size] = [await objectsOf('a'), s3.objects.size]
  await killedAt('PUT', 'a', ['label', 'Akari', await draw(join(root, 'killed'), 'Akari', 15)])
  assert.equal(s3.objects.size, size + 1)
  assert.deepEqual(await objectsOf('a'), before)
  await assertWhole('a')
  assert.equal(s3.objects.size, size)
})

test('killed after a row is deleted and before its object is: the next process deletes it', async () => {
  set(WITH_BUCKET)
  const file = await draw(join(root, 'killed'), 'Akari', 16)
  await mekiki('a', 'label', 'Akari', file)
  const size = s3.objects.size
  // What answers a request that nobody waits for anymore deletes all the same: as if it had not arrived.
  const kept = new Map(s3.objects)
  await killedAt('DELETE', 'a', ['unlabel', 'Akari', file])
  for (const [key, bytes] of kept) s3.objects.set(key, bytes)
  assert.equal((await objectsOf('a')).length, size - 1)
  assert.equal((await mekiki('a', 'labels')).status, 0)
  assert.deepEqual([...s3.objects.keys()].toSorted(), (await objectsOf('a')).toSorted())
})

test('pictures move back into the database, and then no bucket is needed', async () => {
  set(WITH_BUCKET)
  const moved = await mekiki('a', 'pictures', 'move', '--to', 'database', '--json')
  assert.deepEqual(moved.lines.at(-1), { to: 'database', changed: 1 + 2 * PER_LABEL, unreadable: 0 })
  assert.equal(s3.objects.size, 0)
  set({ DATA_KEY })
  assert.equal((await mekiki('a', 'export', join(root, 'back'), '--json')).lines.at(-1)!.examples, 1 + 2 * PER_LABEL)
})
