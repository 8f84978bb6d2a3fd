// Databases, versions, homes and disks that are not as they should be.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { FORMAT } from '../../../models/format.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const picture = (seed: number) => noisy(seed).png().toBuffer()
const path = (name: string) => join(root, name)
type Summary = { added: number; duplicates: number; rejected: { file: string; code: string }[] }

before(async () => {
  for (const label of ['a', 'b'])
    for (let i = 0; i < 3; i++) {
      mkdirSync(path(`good/${label}`), { recursive: true })
      writeFileSync(path(`good/${label}/${i}.png`), await picture(label.charCodeAt(0) * 10 + i))
    }
  writeFileSync(path('one.png'), await picture(300))
  await mekiki('home', 'import', path('good'), '--json')
  await mekiki('home', 'train', '--json')
})

test('a damaged, foreign or newer database is a clear error, and never written to', async () => {
  const database = 'mekiki.sqlite'
  const whole = readFileSync(path(`home/${database}`))
  const forms: [string, Buffer, string][] = [
    ['text', Buffer.from('this was a database once '.repeat(400)), 'database.damaged'],
    ['cut', whole.subarray(0, 5000), 'database.damaged'],
    ['header', Buffer.concat([Buffer.alloc(100, 7), whole.subarray(100)]), 'database.damaged'],
    ['middle', Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)]), 'database.damaged'],
  ]
  for (const [name, bytes, code] of forms) {
    mkdirSync(path(`db-${name}`))
    writeFileSync(path(`db-${name}/${database}`), bytes)
    for (const command of ['labels', 'stats', 'doctor']) {
      const { status, err, out } = await mekiki(`db-${name}`, command)
      assert.equal(status, 1, `${name} ${command}: ${err}`)
      assert.match(
        err + out,
        command === 'doctor' ? /doctor\.found/ : new RegExp(code.replace('.', '\\.')),
        `${name} ${command}`,
      )
    }
    assert.deepEqual(readFileSync(path(`db-${name}/${database}`)), bytes, name)
  }
  cpSync(path('home'), path('newer'), { recursive: true })
  const db = new SQLite(path(`newer/${database}`))
  db.prepare("insert into kysely_migration values ('999_future', '2030-01-01')").run()
  db.pragma('user_version = 999')
  db.close()
  assert.match((await mekiki('newer', 'labels')).err, /database\.newer/)
})

test('a version of a newer program, or one that is damaged, is a clear error', async () => {
  for (const [name, classifier, code] of [
    ['v-newer', '{"format":99}', 'version.newer'],
    ['v-older', '{"format":1}', 'version.older'],
    ['v-broken', JSON.stringify({ format: FORMAT, labels: ['a'] }), 'version.unreadable'],
    ['v-text', 'no json', 'version.unreadable'],
  ] as const) {
    cpSync(path('home'), path(name), { recursive: true })
    const db = new SQLite(path(`${name}/mekiki.sqlite`))
    db.prepare('update versions set classifier = ?').run(classifier)
    db.close()
    const { status, err } = await mekiki(name, 'predict', path('one.png'))
    assert.equal(status, 1, err)
    assert.match(err, new RegExp(code.replace('.', '\\.')))
    // Training again is the way out.
    assert.equal((await mekiki(name, 'train', '--json')).status, 0)
    assert.equal((await mekiki(name, 'predict', path('one.png'), '--json')).status, 0)
  }
})

test('homes that cannot be: a file, nothing, no permission', async () => {
  writeFileSync(path('file'), 'x')
  for (const home of ['file', 'file/inside', '../../proc/nowhere']) {
    const { status, err } = await mekiki(home, 'labels')
    assert.equal(status, 1, err)
    assert.match(err, /home\.not-writable/)
  }
})

test(
  'a full disk: what was added stays, and adding goes on once there is room',
  { skip: !canMount() && 'no right to mount a small disk' },
  async () => {
    const home = path('small')
    mkdirSync(home)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', home])
    try {
      mkdirSync(path('many'))
      for (let i = 0; i < 60; i++)
        writeFileSync(
          path(`many/${i}.png`),
          await noisy(1000 + i, 500)
            .png()
            .toBuffer(),
        )
      const full = await mekiki('small', 'label', 'x', path('many'), '--json')
      assert.equal(full.status, 1, full.err)
      assert.match(full.err, /disk\.full/)
      execFileSync('mount', ['-o', 'remount,size=60m', home])
      const kept = (await mekiki('small', 'labels', '--json')).lines[0]!.labels as { examples: number }[]
      assert.ok(kept[0]!.examples > 0)
      const { added, duplicates } = (await mekiki('small', 'label', 'x', path('many'), '--json')).lines[0] as Summary
      assert.equal(duplicates, kept[0]!.examples)
      assert.equal(added + duplicates, 60)
    } finally {
      execFileSync('umount', [home])
    }
  },
)

function canMount(): boolean {
  try {
    mkdirSync(path('try'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path('try')], { stdio: 'ignore' })
    execFileSync('umount', [path('try')])
    return true
  } catch {
    return false
  }
}
