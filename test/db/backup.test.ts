// Backups: whole while others write, and restored only where they fit, without what was forgotten since.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { backUpDatabase } from '../../src/db/backup.ts'
import { restoreDatabase } from '../../src/db/backup-restore.ts'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { restoreLabel } from '../../src/db/deleted-labels.ts'
import { useEncryptionKeys } from '../../src/db/encryption.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { forgetPicture } from '../../src/db/forget-picture.ts'
import { checkDatabase } from '../../src/db/integrity.ts'
import { countLabels, deleteLabel } from '../../src/db/labels.ts'
import { findPicture } from '../../src/db/pictures.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'
import { joinServer, leaveServers, purgeServers } from '../../src/db/servers.ts'
import { openTtlStore } from '../../src/db/ttl-store.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, hashOf, openMain } from '../support/database.ts'
import { makeOldDatabase } from '../support/old-schemas.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-backup-'))
after(() => rmSync(root, { recursive: true, force: true }))
let made = 0
const newPath = (name: string): string => join(root, `${made++}-${name}`)

type World = { home: string; db: Database; dataset: number; backup: string }

/** An open database with a picture of ann and one of bob, and where a backup of it can go. */
async function makeWorld(server = ''): Promise<World> {
  const home = newPath('home')
  const db = await openDatabase(home)
  const dataset = await openMain(db, server)
  await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })
  await addNew(db, dataset, { label: 'dog', pixels: 'b', by: 'bob' })
  return { home, db, dataset, backup: newPath('backup.sqlite') }
}

async function labelsIn(home: string, server = ''): Promise<string[]> {
  const db = await openDatabase(home)
  try {
    assert.match(await checkDatabase(db), /^whole/)
    return (await countLabels(db, await openMain(db, server))).map((l) => `${l.label} ${l.examples}`)
  } finally {
    await db.destroy()
  }
}

test('a backup is a whole database of its own, written while others write, for its owner alone', async () => {
  const { home, db, dataset, backup } = await makeWorld()
  const adding = addNew(db, dataset, { label: 'cat', pixels: 'c' })
  const bytes = await backUpDatabase(db, backup)
  await adding
  assert.equal(bytes, statSync(backup).size)
  if (process.platform !== 'win32') assert.equal(statSync(backup).mode & 0o777, 0o600)
  await assert.rejects(backUpDatabase(db, backup), { code: 'backup.exists' })
  await assert.rejects(backUpDatabase(db, join(root, 'nowhere', 'b.sqlite')), { code: 'backup.not-writable' })
  assert.equal(statSync(backup).size, bytes)
  await db.destroy()
  const elsewhere = newPath('elsewhere')
  assert.deepEqual(await restoreDatabase(elsewhere, backup, []), { kept: null, forgotten: 0 })
  // As it was before what was added meanwhile, or after it.
  assert.match((await labelsIn(elsewhere)).join(), /^cat [12],dog 1$/)
  assert.deepEqual(await labelsIn(home), ['cat 2', 'dog 1'])
})

test('restoring keeps what was there, and leaves nothing half done', async () => {
  const { home, db, dataset, backup } = await makeWorld()
  await backUpDatabase(db, backup)
  await addNew(db, dataset, { label: 'newer', pixels: 'c' })
  await db.destroy()
  const { kept } = await restoreDatabase(home, backup, [])
  assert.match(kept ?? '', /mekiki\.before-restore\.\d{8}-\d{6}\.sqlite$/)
  assert.deepEqual(await labelsIn(home), ['cat 1', 'dog 1'])
  assert.deepEqual(
    readdirSync(home).filter((name) => name.includes('restoring')),
    [],
  )
  const again = newPath('again')
  await restoreDatabase(again, kept ?? '', [])
  assert.deepEqual(await labelsIn(again), ['cat 1', 'dog 1', 'newer 1'])
})

test('nothing is written where the backup is missing, cut, changed, of something else, or newer', async () => {
  const { home, db, backup } = await makeWorld()
  await backUpDatabase(db, backup)
  await db.destroy()
  const before = readFileSync(join(home, 'mekiki.sqlite'))
  const whole = readFileSync(backup)
  const write = (bytes: Buffer): string => {
    const file = newPath('bad.sqlite')
    writeFileSync(file, bytes)
    return file
  }
  const other = newPath('other.sqlite')
  new SQLite(other).exec('create table pictures (id)').close()
  const newer = write(whole)
  new SQLite(newer).exec("insert into kysely_migration values ('999_x', ''); pragma user_version = 999").close()
  const cut = write(whole)
  truncateSync(cut, whole.length - 4096 * 3)
  const bad: [file: string, code: string][] = [
    [join(root, 'nowhere.sqlite'), 'backup.not-found'],
    [cut, 'backup.damaged'],
    [write(Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)])), 'backup.damaged'],
    [write(Buffer.from('no database '.repeat(1000))), 'backup.damaged'],
    [write(Buffer.alloc(0)), 'backup.damaged'],
    [root, 'backup.damaged'],
    [other, 'backup.damaged'],
    [newer, 'database.newer'],
  ]
  for (const [file, code] of bad) await assert.rejects(restoreDatabase(home, file, []), { code }, file)
  assert.deepEqual(readFileSync(join(home, 'mekiki.sqlite')), before)
  assert.deepEqual(readdirSync(home), ['mekiki.sqlite'])
})

test('a home that another connection has open is left alone', async () => {
  const { home, db, backup } = await makeWorld()
  await backUpDatabase(db, backup)
  await assert.rejects(restoreDatabase(home, backup, []), { code: 'home.in-use' })
  assert.deepEqual(await countLabels(db, await openMain(db)), [
    { label: 'cat', examples: 1 },
    { label: 'dog', examples: 1 },
  ])
  await db.destroy()
  await restoreDatabase(home, backup, [])
})

test('a damaged database is replaced, and kept', async () => {
  const { home, db, backup } = await makeWorld()
  await backUpDatabase(db, backup)
  await db.destroy()
  const damaged = Buffer.from('was a database once '.repeat(500))
  writeFileSync(join(home, 'mekiki.sqlite'), damaged)
  const { kept, forgotten } = await restoreDatabase(home, backup, [])
  assert.equal(forgotten, null)
  assert.deepEqual(readFileSync(kept ?? ''), damaged)
  assert.deepEqual(await labelsIn(home), ['cat 1', 'dog 1'])
})

test('people and pictures that were forgotten since stay forgotten, now and in the next restore', async () => {
  const { home, db, dataset, backup } = await makeWorld('7')
  await addNew(db, dataset, { label: 'bird', pixels: 'd', by: 'bob' })
  await backUpDatabase(db, backup)
  await forgetPerson(db, { server: '7', by: 'ann' })
  const picture = await findPicture(db, dataset, { pixelHash: hashOf('b') })
  assert.equal(await forgetPicture(db, dataset, { picture: picture ?? 0, by: 'bob' }), 1)
  const stored = JSON.stringify(await db.selectFrom('forgettings').selectAll().execute())
  assert.ok(!stored.includes('ann') && !stored.includes('bob'), 'only hashes are kept')
  await db.destroy()
  for (let i = 0; i < 2; i++) {
    assert.equal((await restoreDatabase(home, backup, [])).forgotten, 2)
    assert.deepEqual(await labelsIn(home, '7'), ['bird 1'])
    assert.deepEqual(await readDue(home, dataset), 2)
    const file = readFileSync(join(home, 'mekiki.sqlite'))
    assert.ok(!file.includes('copy of a') && file.includes('copy of d'))
  }
})

test('what awaited being brought back in the backup, and was forgotten since, is forgotten', async () => {
  const { home, db, dataset, backup } = await makeWorld('7')
  const max = { by: 'max', as: 'manager' as const }
  await addNew(db, dataset, { label: 'cat', pixels: 'c', by: 'bob' })
  await deleteLabel(db, dataset, { label: parseLabel('cat'), ...max })
  await backUpDatabase(db, backup)
  await forgetPerson(db, { server: '7', by: 'ann' })
  await db.destroy()
  assert.equal((await restoreDatabase(home, backup, [])).forgotten, 1)
  assert.ok(!readFileSync(join(home, 'mekiki.sqlite')).includes('copy of a'))
  const restored = await openDatabase(home)
  assert.equal((await restoreLabel(restored, dataset, { label: parseLabel('cat'), ...max })).examples, 1)
  await restored.destroy()
})

/** How many changed examples the next training is due for. */
async function readDue(home: string, dataset: number): Promise<unknown> {
  const db = await openDatabase(home)
  try {
    return await openTtlStore(db).get(`due:${dataset}`)
  } finally {
    await db.destroy()
  }
}

test('what somebody added after they were forgotten is not forgotten', async () => {
  const { home, db, dataset, backup } = await makeWorld('7')
  await forgetPerson(db, { server: '7', by: 'ann' })
  await new Promise((resolve) => setTimeout(resolve, 5))
  await addNew(db, dataset, { label: 'again', pixels: 'e', by: 'ann' })
  await backUpDatabase(db, backup)
  await db.destroy()
  assert.equal((await restoreDatabase(home, backup, [])).forgotten, 0)
  assert.deepEqual(await labelsIn(home, '7'), ['again 1', 'dog 1'])
})

test('a server that was deleted stays deleted', async () => {
  const { home, db, backup } = await makeWorld('7')
  await joinServer(db, '7')
  await backUpDatabase(db, backup)
  await leaveServers(db, ['7'])
  assert.deepEqual(await purgeServers(db, new Date(Date.now() + 1000)), ['7'])
  await db.destroy()
  assert.equal((await restoreDatabase(home, backup, [])).forgotten, 2)
  assert.deepEqual(await labelsIn(home, '7'), [])
})

test('a backup of an earlier schema is upgraded', async () => {
  const old = newPath('old')
  await (await openDatabase(old)).destroy()
  rmSync(join(old, 'mekiki.sqlite'))
  await makeOldDatabase(old, 5)
  const home = newPath('home')
  await restoreDatabase(home, join(old, 'mekiki.sqlite'), [])
  const db = await openDatabase(home)
  assert.match(await checkDatabase(db), /^whole/)
  await db.destroy()
})

const [OLD, NEW, OTHER] = [randomBytes(32), randomBytes(32), randomBytes(32)]

/** A database with a picture that is encrypted with OLD. */
async function makeEncrypted() {
  const home = newPath('home')
  const db = await openDatabase(home, { keys: [OLD] })
  useEncryptionKeys(db, [OLD])
  const dataset = await openMain(db)
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  return { home, db, dataset, backup: newPath('backup.sqlite') }
}

test('a key that does not fit stops the start and the restore before anything is written', async () => {
  const { home, db, backup } = await makeEncrypted()
  await backUpDatabase(db, backup)
  await db.destroy()
  const before = readFileSync(join(home, 'mekiki.sqlite'))
  await assert.rejects(openDatabase(home, { keys: [OTHER] }), { code: 'data.key-wrong' })
  await assert.rejects(openDatabase(home, { keys: [] }), { code: 'data.key-missing' })
  assert.deepEqual(readFileSync(join(home, 'mekiki.sqlite')), before)
  const elsewhere = newPath('elsewhere')
  await assert.rejects(restoreDatabase(elsewhere, backup, [OTHER]), { code: 'data.key-wrong' })
  assert.throws(() => readdirSync(elsewhere), { code: 'ENOENT' })
  await restoreDatabase(elsewhere, backup, [OTHER, OLD])
  await (await openDatabase(elsewhere, { keys: [OLD] })).destroy()
})

test('a wrong key is noticed before an earlier schema is upgraded', async () => {
  const home = newPath('home')
  await (await openDatabase(home)).destroy()
  rmSync(join(home, 'mekiki.sqlite'))
  await makeOldDatabase(home, 5)
  const { home: encrypted, db } = await makeEncrypted()
  await db.destroy()
  const file = new SQLite(join(home, 'mekiki.sqlite'))
  file.exec(
    `attach '${join(encrypted, 'mekiki.sqlite')}' as other; update pictures set copy = (select copy from other.pictures) where id = 2`,
  )
  file.close()
  await assert.rejects(openDatabase(home, { keys: [OTHER] }), { code: 'data.key-wrong' })
  assert.ok(!readdirSync(home).some((name) => name.startsWith('mekiki.before')))
  await (await openDatabase(home, { keys: [OLD] })).destroy()
  await assert.rejects(openDatabase(home, { keys: [OTHER] }), { code: 'data.key-wrong' })
})

test('encrypting anew misses nothing that is added meanwhile, and only then the old key can go', async () => {
  const { home, db, dataset } = await makeEncrypted()
  await db.destroy()
  const bot = await openDatabase(home, { keys: [OLD] })
  useEncryptionKeys(bot, [OLD])
  const terminal = await openDatabase(home, { keys: [NEW, OLD] })
  useEncryptionKeys(terminal, [NEW, OLD])
  const running = reencryptPictures(terminal)
  await running.next()
  for (const pixels of ['b', 'c']) await addNew(bot, dataset, { label: 'cat', pixels })
  let last = await running.next()
  while (!last.done) last = await running.next()
  assert.deepEqual(last.value, { changed: 3, unreadable: 0 })
  await (await openDatabase(home, { keys: [NEW] })).destroy()
  // A bot that still has the old key only: the next start with the new one alone would not read this picture.
  await addNew(bot, dataset, { label: 'cat', pixels: 'd' })
  await assert.rejects(openDatabase(home, { keys: [NEW] }), { code: 'data.key-wrong' })
  await Promise.all([bot.destroy(), terminal.destroy()])
})

test('the key of pictures that are all gone is not asked for', async () => {
  const { home, db } = await makeEncrypted()
  await db.deleteFrom('pictures').execute()
  await db.destroy()
  await (await openDatabase(home, { keys: [NEW] })).destroy()
})
