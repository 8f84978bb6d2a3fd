// Backups as an operator makes them: with added backbones, restored elsewhere, and never under a process that serves.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { makeHome } from '../support/mekiki.ts'
import { answerOf, trainTwoLabels } from '../support/two-labels.ts'

const homes = makeHome()
const { root, mekiki } = homes
const path = (name: string): string => join(root, name)
const backup = path('backup.sqlite')
let asked: string

before(async () => {
  asked = await trainTwoLabels(homes, 5)
})

const predict = (home: string) => answerOf(homes, home, asked)

test('restored elsewhere it answers identically, with a backbone and a prior that are nowhere else anymore', async () => {
  const answer = await predict('home')
  const created = await mekiki('home', 'backup', 'create', backup, '--json')
  assert.equal(created.status, 0, created.err)
  assert.deepEqual(created.lines[0]?.missing, [])
  // Neither the network that was added, nor the home that it was added to.
  rmSync(path('net.onnx'))
  renameSync(path('home'), path('gone'))
  const restored = await mekiki('elsewhere', 'backup', 'restore', backup, '--json')
  assert.equal(restored.status, 0, restored.err)
  assert.deepEqual(restored.lines, [{ file: backup, kept: null, forgotten: 0 }])
  assert.deepEqual(readdirSync(path('elsewhere')), ['mekiki.sqlite'])
  assert.deepEqual(await predict('elsewhere'), answer)
  const again = await mekiki('elsewhere', 'train', '--json')
  assert.equal(again.status, 0, again.err)
  const files = readdirSync(path('elsewhere/backbones'), { recursive: true }).map(String)
  assert.ok(
    files.some((name) => name.endsWith('.f16')),
    files.join(),
  )
  renameSync(path('gone'), path('home'))
})

test('a backbone that was added before the database kept its files is in the backup, too', async () => {
  const old = new SQLite(path('elsewhere/mekiki.sqlite'))
  const { file, prior } = old.prepare('select file, prior from backbones').get() as { file: string; prior: string }
  old.pragma('foreign_keys = off')
  old.exec('delete from backbone_files; update backbones set files = null')
  old.prepare('update backbones set file = ?, prior = ?').run(path(`elsewhere/${file}`), path(`elsewhere/${prior}`))
  old.close()
  const answer = await predict('elsewhere')
  await mekiki('elsewhere', 'backup', 'create', path('second.sqlite'))
  renameSync(path('elsewhere'), path('away'))
  await mekiki('third', 'backup', 'restore', path('second.sqlite'))
  assert.deepEqual(await predict('third'), answer)
})

test('a backup is not overwritten, and says in words what was done', async () => {
  const twice = await mekiki('home', 'backup', 'create', backup)
  assert.equal(twice.status, 1)
  assert.match(twice.err, /backup\.exists/)
  const restored = await mekiki('home', 'backup', 'restore', backup)
  assert.match(
    restored.out,
    /^Restored .*backup\.sqlite\.\nWhat was there before is at .*before-restore.* for 14 days\.\n$/,
  )
  assert.match((await mekiki('home', 'backup', 'restore', path('nowhere'))).err, /backup\.not-found/)
  assert.equal((await mekiki('home', 'backup', 'restore')).status, 2)
  // The review command is still called that.
  assert.match((await mekiki('home', 'restore', '999')).err, /review\./)
})

const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
})

const HOLD = fileURLToPath(new URL('../support/hold-database.ts', import.meta.url))

test('restoring waits for no one: while another process has the home open it is refused, and changes nothing', async () => {
  const child = spawn(process.execPath, [HOLD, path('home')], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  assert.equal(child.exitCode, null)
  const copies = () => readdirSync(path('home')).filter((name) => name.startsWith('mekiki.before'))
  const before = copies()
  const refused = await mekiki('home', 'backup', 'restore', backup)
  assert.match(refused.err, /home\.in-use/)
  assert.deepEqual(copies(), before)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  assert.equal((await mekiki('home', 'backup', 'restore', backup)).status, 0)
})

test('a database that does not open anymore is restored', async () => {
  writeFileSync(path('home/mekiki.sqlite'), 'no database '.repeat(1000))
  for (const end of ['-wal', '-shm']) rmSync(path(`home/mekiki.sqlite${end}`), { force: true })
  assert.match((await mekiki('home', 'labels')).err, /database\.damaged/)
  const restored = await mekiki('home', 'backup', 'restore', backup)
  assert.match(restored.out, /could not be read/)
  assert.equal((await mekiki('home', 'labels')).status, 0)
  assert.ok(existsSync(path('home/mekiki.sqlite')))
})
