// A folder or database of another user: said with what to do, exit status 1, and nothing is changed.
import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../../src/db/connection.ts'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekikiAsNobody } = makeHome()

/** A home of this user, whose files only this one may write. */
async function makeDatabase(home: string, mode: number): Promise<string> {
  await (await openDatabase(join(root, home))).destroy()
  const file = join(root, home, 'mekiki.sqlite')
  chmodSync(join(root, home), mode)
  return file
}

test('files and folders of another user', async (t) => {
  chmodSync(root, 0o777)
  if ((await mekikiAsNobody('any', '--help')).status !== 0) return t.skip('nobody may not read this folder')
  if (process.getuid?.() !== 0) return t.skip('only the superuser can be two users')
  const cases: [home: string, fileMode: number, folderMode: number][] = [
    ['file', 0o644, 0o777],
    ['secret', 0o600, 0o777],
    ['folder', 0o666, 0o555],
    ['closed', 0o666, 0o700],
  ]
  for (const [home, fileMode, folderMode] of cases) {
    const file = await makeDatabase(home, folderMode)
    chmodSync(file, fileMode)
    const before = readFileSync(file)
    const { status, err } = await mekikiAsNobody(home, 'labels')
    assert.equal(status, 1, `${home}: ${err}`)
    assert.match(err, /chown.*\(home\.not-writable\)/s, home)
    assert.deepEqual(readFileSync(file), before, home)
  }
})

test('a log and shared memory that are another user’s', async (t) => {
  if ((await mekikiAsNobody('any', '--help')).status !== 0) return t.skip('nobody may not read this folder')
  if (process.getuid?.() !== 0) return t.skip('only the superuser can be two users')
  const file = await makeDatabase('shared', 0o777)
  chmodSync(file, 0o666)
  const db = await openDatabase(join(root, 'shared'))
  await openDataset(db, { server: LOCAL_SERVER, name: 'main', create: true })
  assert.ok(existsSync(`${file}-shm`))
  for (const end of ['-shm', '-wal']) chmodSync(file + end, 0o644)
  const picture = join(root, 'picture.png')
  writeFileSync(picture, await noisy(1).png().toBuffer())
  // Reading works while somebody else has it open; writing does not.
  assert.equal((await mekikiAsNobody('shared', 'labels')).status, 0)
  const { status, err } = await mekikiAsNobody('shared', 'label', 'cat', picture)
  await db.destroy()
  assert.equal(status, 1, err)
  assert.match(err, /\(home\.not-writable\)/)
})
