// Backups of a PostgreSQL: the same single file as of SQLite, written while others go on, and restored into either.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { backUpDatabase } from '../../src/db/backup.ts'
import { restoreDatabase } from '../../src/db/backup-restore.ts'
import { block } from '../../src/db/blocks.ts'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { useEncryptionKeys } from '../../src/db/encryption.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { checkDatabase } from '../../src/db/integrity.ts'
import { countLabels } from '../../src/db/labels.ts'
import { migrations } from '../../src/db/migrations.ts'
import { connectBucket } from '../../src/db/objects/connect.ts'
import { includeCopies } from '../../src/db/objects/include-copies.ts'
import { sweepObjects } from '../../src/db/objects/sweep-objects.ts'
import { readAllCopies } from '../../src/db/pictures.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'
import { restorePostgres } from '../../src/db/restore-postgres.ts'
import { openTtlStore } from '../../src/db/ttl-store.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { addNew, openMain } from '../support/database.ts'
import { makeOldDatabase } from '../support/old-schemas.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'
import { startS3 } from '../support/s3.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-backup-'))
after(() => rmSync(root, { recursive: true, force: true }))
const makeHome = (): string => mkdtempSync(join(root, 'home-'))
const newFile = (): string => join(makeHome(), 'backup.sqlite')
const skip = skipWithoutPostgres

type World = { url: string; db: Database; dataset: number; home: string }

/** A PostgreSQL with a picture of ann and one of bob. */
async function makeWorld({ keys = [] as Buffer[], server = '7' } = {}): Promise<World> {
  const [url, home] = [await postgresUrl(), makeHome()]
  const db = await openDatabase(home, { databaseUrl: url })
  useEncryptionKeys(db, keys)
  const dataset = await openMain(db, server)
  await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })
  await addNew(db, dataset, { label: 'dog', pixels: 'b', by: 'bob' })
  return { url, db, dataset, home }
}

/** What a database has, of either engine. */
async function inDatabase<T>(
  home: string,
  databaseUrl: string | undefined,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = await openDatabase(home, { databaseUrl })
  try {
    assert.match(await checkDatabase(db), /^whole/)
    return await work(db)
  } finally {
    await db.destroy()
  }
}
const labelsIn = (home: string, url?: string): Promise<string[]> =>
  inDatabase(home, url, async (db) =>
    (await countLabels(db, await openMain(db, '7'))).map((l) => `${l.label} ${l.examples}`),
  )

test(
  'a backup is one file of SQLite as it was at one moment, restored into a folder and into a PostgreSQL',
  { skip },
  async () => {
    const { url, db, dataset, home } = await makeWorld()
    const file = newFile()
    const writing = new AbortController()
    const adding = (async () => {
      for (let i = 0; !writing.signal.aborted; i++) await addNew(db, dataset, { label: 'cat', pixels: `more ${i}` })
    })()
    assert.equal(await backUpDatabase(db, file), statSync(file).size)
    writing.abort()
    await adding
    await assert.rejects(backUpDatabase(db, file), { code: 'backup.exists' })
    await db.destroy()
    const [folder, other, empty] = [makeHome(), makeHome(), await postgresUrl({ empty: true })]
    assert.deepEqual(await restoreDatabase(folder, file, []), { kept: null, forgotten: 0 })
    assert.deepEqual(await runToEnd(restorePostgres({ home: other, url: empty, backup: file, keys: [] })), {
      kept: null,
      forgotten: 0,
    })
    const labels = await labelsIn(folder)
    assert.match(labels.join(), /^cat \d+,dog 1$/)
    assert.deepEqual(await labelsIn(other, empty), labels)
    assert.deepEqual(readdirSync(other), [])
    // Of SQLite, into the PostgreSQL that it came from.
    const of = newFile()
    await inDatabase(folder, undefined, (sqlite) => backUpDatabase(sqlite, of))
    const { kept } = await runToEnd(restorePostgres({ home, url, backup: of, keys: [] }))
    assert.deepEqual(await labelsIn(home, url), labels)
    // What was replaced is kept, and can be restored.
    const again = makeHome()
    await restoreDatabase(again, kept ?? '', [])
    assert.equal((await labelsIn(again)).length, 2)
  },
)

test(
  'who was forgotten since stays forgotten, who was blocked stays blocked, and pictures are learned from anew',
  { skip },
  async () => {
    const { url, db, dataset, home } = await makeWorld()
    const file = newFile()
    await backUpDatabase(db, file)
    await forgetPerson(db, { server: '7', by: 'ann' })
    await block(db, { kind: 'person', id: '99', by: 'max' })
    await addNew(db, dataset, { label: 'later', pixels: 'c' })
    await assert.rejects(runToEnd(restorePostgres({ home, url, backup: file, keys: [] })), { code: 'home.in-use' })
    await db.destroy()
    const { kept, forgotten } = await runToEnd(restorePostgres({ home, url, backup: file, keys: [] }))
    assert.ok(existsSync(kept ?? ''))
    assert.equal(forgotten, 1)
    assert.deepEqual(await labelsIn(home, url), ['dog 1'])
    await inDatabase(home, url, async (now) => {
      assert.equal(await openTtlStore(now).get(`due:${dataset}`), 1)
      assert.deepEqual(await now.selectFrom('blocks').select('id').execute(), [{ id: '99' }])
      assert.equal((await now.selectFrom('forgettings').selectAll().execute()).length, 1)
    })
  },
)

test(
  'a backup of an earlier version is upgraded; one that is damaged, or needs another key, changes nothing',
  { skip },
  async () => {
    const { url, db, home } = await makeWorld()
    await db.destroy()
    const before = await labelsIn(home, url)
    const old = makeHome()
    await makeOldDatabase(old, Object.keys(migrations).indexOf('018_web_sessions'))
    const [key, file] = [randomBytes(32), newFile()]
    const encrypted = await makeWorld({ keys: [key] })
    await backUpDatabase(encrypted.db, file)
    await encrypted.db.destroy()
    await assert.rejects(runToEnd(restorePostgres({ home, url, backup: file, keys: [randomBytes(32)] })), {
      code: 'data.key-wrong',
    })
    await assert.rejects(runToEnd(restorePostgres({ home, url, backup: join(home, 'none'), keys: [] })), {
      code: 'backup.not-found',
    })
    assert.deepEqual(await labelsIn(home, url), before)
    await runToEnd(restorePostgres({ home, url, backup: join(old, 'mekiki.sqlite'), keys: [] }))
    const servers = await inDatabase(home, url, (now) => now.selectFrom('servers').select('id').orderBy('id').execute())
    assert.deepEqual(servers, [{ id: '1' }, { id: '2' }, { id: '3' }])
  },
)

test(
  'on PostgreSQL pictures are encrypted anew, in the bucket, too; a backup finds them there, or has them itself',
  { skip },
  async () => {
    const [key, next, s3] = [randomBytes(32), randomBytes(32), await startS3()]
    const { url, db, dataset, home } = await makeWorld()
    /** Opened with these keys, and with the bucket. */
    const open = async (databaseUrl: string | undefined, keys: Buffer[], folder = home) => {
      const opened = await openDatabase(folder, { databaseUrl, keys })
      useEncryptionKeys(opened, keys)
      const close = await connectBucket(opened, { options: s3.options, hasKey: true })
      return { db: opened, close: () => close().then(() => opened.destroy()) }
    }
    await db.destroy()
    const first = await open(url, [key])
    const example = await addNew(first.db, dataset, { label: 'cat', pixels: 'c' })
    assert.equal(s3.objects.size, 1)
    assert.deepEqual(await runToEnd(reencryptPictures(first.db)), { changed: 2, unreadable: 0 })
    await first.close()
    const second = await open(url, [next, key])
    assert.deepEqual(await runToEnd(reencryptPictures(second.db)), { changed: 3, unreadable: 0 })
    await sweepObjects(second.db)
    assert.equal(s3.objects.size, 1)
    const [referring, whole] = [newFile(), newFile()]
    await backUpDatabase(second.db, referring)
    await backUpDatabase(second.db, whole)
    assert.equal(await includeCopies(second.db, whole), 0)
    const later = await addNew(second.db, dataset, { label: 'cat', pixels: 'later' })
    assert.ok(later > example)
    await second.close()
    // The old key is needed by nothing anymore, and no other one will do.
    await assert.rejects(openDatabase(home, { databaseUrl: url, keys: [key] }), { code: 'data.key-wrong' })
    await runToEnd(restorePostgres({ home, url, backup: referring, keys: [next] }))
    const third = await open(url, [next])
    assert.equal(String((await readAllCopies(third.db, dataset, [example])).get(example)), 'copy of c')
    // What the backup does not know lives as long as what was replaced does.
    assert.deepEqual([await sweepObjects(third.db), s3.objects.size], [0, 2])
    assert.equal(await sweepObjects(third.db, Date.now() + 15 * 24 * 3600_000), 1)
    await third.close()
    s3.objects.clear()
    const folder = makeHome()
    await restoreDatabase(folder, whole, [next])
    const here = await openDatabase(folder, { keys: [next] })
    useEncryptionKeys(here, [next])
    assert.equal(String((await readAllCopies(here, dataset, [example])).get(example)), 'copy of c')
    await here.destroy()
  },
)
