// What people hand over by accident or on purpose, through the command as they would.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import sharp from 'sharp'
import { FORMAT } from '../../models/format.ts'
import { badPictures, noisy } from '../support/bad-pictures.ts'
import { makeHome } from '../support/mekiki.ts'

const { root, mekiki, mekikiAsNobody } = makeHome()
const picture = (seed: number) => noisy(seed).png().toBuffer()
const path = (name: string) => join(root, name)
type Summary = { added: number; duplicates: number; rejected: { file: string; code: string }[] }

before(async () => {
  for (const label of ['a', 'b'])
    for (let i = 0; i < 3; i++) {
      mkdirSync(path(`good/${label}`), { recursive: true })
      writeFileSync(path(`good/${label}/${i}.png`), await picture(label.charCodeAt(0) * 10 + i))
    }
  await mekiki('home', 'import', path('good'), '--json')
  await mekiki('home', 'train', '--json')
})

test('a folder of bad pictures: each is refused with its code, the good one among them is filed, memory stays bounded', async () => {
  const cases = await badPictures()
  mkdirSync(path('bad'))
  for (const { name, bytes } of cases) writeFileSync(path(`bad/${name}`), bytes)
  writeFileSync(path('bad/zz good.png'), await picture(500))
  const large = openSync(path('bad/large.jpg'), 'w')
  writeSync(large, Buffer.from([0xff, 0xd8, 0xff]))
  truncateSync(path('bad/large.jpg'), 40 * 2 ** 20)

  const { lines, status, peakMiB } = await mekiki('home', 'label', 'c', path('bad'), '--json')
  assert.equal(status, 0)
  const { added, rejected } = lines[0] as Summary
  assert.equal(added, 1)
  const expected = [...cases.map((c) => [path(`bad/${c.name}`), c.code]), [path('bad/large.jpg'), 'picture.too-large']]
  assert.deepEqual(Object.fromEntries(rejected.map((r) => [r.file, r.code])), Object.fromEntries(expected))
  assert.ok(peakMiB < 600, `${peakMiB} MiB`)

  const answers = (await mekiki('home', 'predict', path('bad'), '--json')).lines as { error?: { code: string } }[]
  assert.equal(answers.length, cases.length + 2)
  assert.equal(answers.filter((a) => !a.error).length, 1)
})

test('heavy pictures are decoded one at a time within 600 MiB, heavier ones refused', async () => {
  mkdirSync(path('heavy'))
  const blank = (side: number, background = '#37a') =>
    sharp({ create: { width: side, height: side, channels: 3, background } })
  const write = async (name: string, image: ReturnType<typeof blank>) =>
    writeFileSync(path(`heavy/${name}`), await image.toBuffer())
  const progressive = { progressive: true } as const
  await write('a.jpg', blank(7000).jpeg(progressive))
  await write('b.png', blank(7000, '#456').png({ ...progressive, compressionLevel: 1 }))
  await write(
    'c.png',
    blank(5000)
      .toColourspace('rgb16')
      .png({ ...progressive, compressionLevel: 1 }),
  )
  await write('d.jpg', blank(4000).toColourspace('cmyk').jpeg(progressive))
  await write('e.webp', blank(6000, '#678').webp({ effort: 0 }))
  await write('f.jpg', blank(7000, '#789').jpeg())
  await write('heavier.jpg', blank(7000).jpeg({ ...progressive, chromaSubsampling: '4:4:4' }))
  await write('heavier.webp', blank(7000).webp({ effort: 0 }))
  const { lines, peakMiB } = await mekiki('heavy-home', 'label', 'x', path('heavy'), '--json')
  const { added, duplicates, rejected } = lines[0] as Summary
  assert.equal(added + duplicates, 6, JSON.stringify(rejected))
  assert.deepEqual(
    rejected.map((r) => r.code),
    ['picture.too-heavy', 'picture.too-heavy'],
  )
  assert.ok(peakMiB < 600, `${peakMiB} MiB`)
})

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
  assert.equal(added, seen.length)
  // A name that is no UTF-8 cannot be said, and so not be opened.
  assert.deepEqual(
    rejected.map((r) => r.code),
    ['file.not-found'],
  )
  const withDecodeLock = await mekiki('names-home', 'predict', '--json', '--', '-none.png')
  assert.match(withDecodeLock.err + withDecodeLock.out, /predict\.not-trained/)
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

test('labels of any kind are kept as written, or refused with a code', async () => {
  const file = path('one.png')
  writeFileSync(file, await picture(300))
  for (const label of [
    '..',
    'CON',
    '__proto__',
    'constructor',
    '🐈‍⬛',
    '日本語',
    'a/b',
    'C:\\x',
    "'; drop table labels; --",
    'x'.repeat(100),
  ])
    assert.equal(((await mekiki('labels', 'label', '--json', '--', label, file)).lines[0] as Summary).added, 1, label)
  // The same label in other letters: the picture is there already.
  for (const label of [' con ', '__PROTO__', 'A/B'])
    assert.equal(
      ((await mekiki('labels', 'label', '--json', '--', label, file)).lines[0] as Summary).duplicates,
      1,
      label,
    )
  for (const [label, code] of [
    ['', 'empty'],
    ['   ', 'empty'],
    ['x'.repeat(150), 'too-long'],
    ['a\nb', 'control-character'],
  ]) {
    const { status, err } = await mekiki('labels', 'label', label!, file)
    assert.equal(status, 1)
    assert.match(err, new RegExp(`label\\.${code}`))
  }
  const listed = (await mekiki('labels', 'labels', '--json')).lines[0]!.labels as { label: string }[]
  assert.equal(listed.length, 10)
  assert.ok(listed.some((l) => l.label === '__proto__'))
})

test('datasets: a new one is made by filing only', async () => {
  assert.match((await mekiki('home', 'stats', '--dataset', 'typo')).err, /dataset\.not-found/)
  assert.match((await mekiki('home', 'labels', '--dataset', ' ')).err, /dataset\.empty/)
  assert.equal(
    ((await mekiki('home', 'label', 'x', path('one.png'), '--dataset', 'other', '--json')).lines[0] as Summary).added,
    1,
  )
  assert.deepEqual((await mekiki('home', 'labels', '--dataset', 'other', '--json')).lines[0]!.labels, [
    { label: 'x', examples: 1 },
  ])
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
    for (const verb of ['labels', 'stats', 'doctor']) {
      const { status, err, out } = await mekiki(`db-${name}`, verb)
      assert.equal(status, 1, `${name} ${verb}: ${err}`)
      assert.match(
        err + out,
        verb === 'doctor' ? /doctor\.found/ : new RegExp(code.replace('.', '\\.')),
        `${name} ${verb}`,
      )
    }
    assert.deepEqual(readFileSync(path(`db-${name}/${database}`)), bytes, name)
  }
  cpSync(path('home'), path('newer'), { recursive: true })
  const db = new SQLite(path(`newer/${database}`))
  db.prepare("insert into kysely_migration values ('999_future', '2030-01-01')").run()
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
  'a full disk: what was filed stays, and filing goes on once there is room',
  { skip: !canMount() && 'no right to mount a small disk' },
  async () => {
    const home = path('small')
    mkdirSync(home)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', home])
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
