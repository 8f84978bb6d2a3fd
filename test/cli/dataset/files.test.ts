// Names, links, devices and permissions of the files that people hand over.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki, mekikiAsNobody } = makeHome()
const picture = (seed: number) => noisy(seed).png().toBuffer()
const path = (name: string) => join(root, name)
type Summary = { added: number; duplicates: number; rejected: { file: string; code: string }[] }

test('names of any kind are read as they are', async () => {
  const names = [
    ' leading space.png',
    '-rf.png',
    '--json',
    'line\nbreak.png',
    '猫🐈.png',
    'a"b\'c`$(rm).png',
    '%00%2f.png',
  ]
  names.push('עברית.png', 'no extension', '..png', `${'x'.repeat(240)}.png`, 'back\\slash.png', 'tab\t.png')
  mkdirSync(path('names'))
  for (const [i, name] of names.entries()) writeFileSync(path(`names/${name}`), await picture(100 + i))
  // Hidden files are no pictures that people put there.
  const seen = names.filter((n) => !n.startsWith('.'))
  writeFileSync(
    Buffer.concat([Buffer.from(path('names/')), Buffer.from([0x66, 0xff, 0xfe, 0x2e, 0x70])]),
    await picture(120),
  )
  const { added, rejected } = (await mekiki('names-home', 'label', 'x', path('names'), '--json')).lines[0] as Summary
  // One more, whose name is no UTF-8.
  assert.equal(added, seen.length + 1)
  assert.deepEqual(rejected, [])
  const alone = await mekiki('names-home', 'predict', '--json', '--', '-none.png')
  assert.match(alone.err + alone.out, /predict\.not-trained/)
})

test('what is no file is refused and never waited for', async () => {
  mkdirSync(path('odd/folder.png'), { recursive: true })
  execFileSync('mkfifo', [path('odd/pipe.png')])
  symlinkSync('/dev/zero', path('odd/device.png'))
  symlinkSync('nowhere', path('odd/dangling.png'))
  symlinkSync('.', path('odd/folder.png/up'))
  symlinkSync('circle', path('odd/circle'))
  const { rejected, added } = (await mekiki('odd-home', 'label', 'x', path('odd'), path('missing.png'), '--json'))
    .lines[0] as Summary
  assert.equal(added, 0)
  assert.deepEqual(Object.fromEntries(rejected.map((r) => [r.file.slice(root.length + 1), r.code])), {
    'odd/pipe.png': 'file.not-regular',
    'odd/device.png': 'file.not-regular',
    'odd/dangling.png': 'file.not-found',
    'odd/circle': 'file.link-loop',
    'missing.png': 'file.not-found',
  })
})

test('what may not be read or written is refused with a code, and the rest goes on', async (t) => {
  chmodSync(root, 0o777)
  if ((await mekikiAsNobody('any', '--help')).status !== 0) return t.skip('nobody may not read this folder')
  mkdirSync(path('secret/closed'), { recursive: true })
  writeFileSync(path('secret/closed/inner.png'), await picture(1))
  writeFileSync(path('secret/closed.png'), await picture(2), { mode: 0 })
  writeFileSync(path('secret/open.png'), await picture(3))
  chmodSync(path('secret/closed'), 0)
  mkdirSync(path('theirs'), { mode: 0o777 })
  mkdirSync(path('read-only'), { mode: 0o555 })
  // The superuser may read everything: as somebody else, then.
  chmodSync(path('theirs'), 0o777)
  const { added, rejected } = (await mekikiAsNobody('theirs', 'label', 'x', path('secret'), '--json'))
    .lines[0] as Summary
  assert.equal(added, 1)
  assert.deepEqual(Object.fromEntries(rejected.map((r) => [r.file, r.code])), {
    [path('secret/closed')]: 'file.no-permission',
    [path('secret/closed.png')]: 'file.no-permission',
  })
  const { status, err } = await mekikiAsNobody('read-only', 'labels')
  assert.equal(status, 1)
  assert.match(err, /home\.not-writable/)
})
