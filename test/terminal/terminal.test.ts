// The verbs, with real pictures, the real backbone and a real database.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { draw, STRANGERS, TAUGHT } from '../../demo/characters.ts'
import { MAIN, makeHome } from './mekiki.ts'

const { root, mekiki } = makeHome()
const some = TAUGHT.slice(0, 4)
const pictures = join(root, 'pictures')
const asked = join(root, 'asked')
before(async () => {
  for (const name of some) {
    for (let k = 0; k < 10; k++) await draw(join(pictures, name), name, k)
    for (let k = 10; k < 14; k++) await draw(asked, name, k)
  }
  await draw(asked, STRANGERS[0]!, 1)
})

test('import, train, predict: most unseen pictures get their own label', async () => {
  const filed = await mekiki('a', 'import', pictures, '--json')
  assert.deepEqual(filed.lines, [{ added: 40, duplicates: 0, rejected: [] }])
  const again = await mekiki('a', 'import', pictures, '--json')
  assert.deepEqual(again.lines, [{ added: 0, duplicates: 40, rejected: [] }])

  const trained = (await mekiki('a', 'train', '--json')).lines.at(-1)!
  assert.equal(trained.version, 1)
  assert.equal(trained.promoted, true)
  assert.ok((trained.accuracy as number) > 0.8)

  const { lines, status } = await mekiki('a', 'predict', asked, '--json')
  assert.equal(status, 0)
  assert.equal(lines.length, 17)
  const taught = lines.filter((l) => some.some((n) => (l.file as string).startsWith(join(asked, n))))
  const top = taught.filter((l) => (l.file as string).includes((l.top as { label: string }[])[0]!.label))
  assert.ok(top.length >= 13, `${top.length} of ${taught.length} right`)
  for (const l of lines) {
    const sum = (l.top as { confidence: number }[]).reduce((s, t) => s + t.confidence, 0)
    assert.ok(Math.abs(sum - 1) < 1e-3)
    assert.ok((l.known as number) >= 0 && (l.known as number) <= 1)
    assert.equal(l.label === null, (l.known as number) < 0.5)
  }
})

test('rollback puts the version before in use', async () => {
  await mekiki('a', 'train', '--json')
  assert.deepEqual((await mekiki('a', 'rollback', '--json')).lines, [{ version: 1, from: 2 }])
  const versions = (await mekiki('a', 'versions', '--json')).lines[0]!.versions as { current: boolean }[]
  assert.deepEqual(
    versions.map((v) => v.current),
    [true, false],
  )
  const missing = await mekiki('a', 'rollback', '9')
  assert.equal(missing.status, 1)
  assert.match(missing.err, /version\.not-found/)
})

test('stats shows what the version in use was measured at', async () => {
  const stats = (await mekiki('a', 'stats', '--json')).lines[0]!
  assert.equal(stats.version, 1)
  assert.equal((stats.versions as unknown[]).length, 2)
  assert.ok((stats.calibration as unknown[]).length > 0)
  const storage = stats.storage as Record<string, number>
  assert.equal(storage.pictures, 40)
  assert.ok(storage.databaseBytes! > storage.copyBytes! + storage.featureBytes!)
  assert.deepEqual(
    stats.labels,
    some.map((label) => ({ label, examples: 10 })),
  )
  const [low, high] = stats.accuracyInterval as [number, number]
  assert.ok(low <= (stats.accuracy as number) && (stats.accuracy as number) <= high)
})

test('unlabel takes a picture out once, and it can be filed again', async () => {
  const file = join(pictures, some[0]!, `${some[0]}-0.jpeg`)
  const label = some[0]!.toLowerCase()
  assert.deepEqual((await mekiki('a', 'unlabel', label, file, '--json')).lines, [{ removed: 1, rejected: [] }])
  const again = (await mekiki('a', 'unlabel', label, file, '--json')).lines[0]!
  assert.equal(again.removed, 0)
  assert.equal((again.rejected as { code: string }[])[0]!.code, 'example.not-filed')
  const filed = await mekiki('a', 'label', label, file, '--json')
  assert.deepEqual(filed.lines, [{ added: 1, duplicates: 0, rejected: [] }])
})

test('relabel moves a picture, whatever file holds its pixels', async () => {
  const from = join(pictures, some[0]!, `${some[0]}-0.jpeg`)
  const same = join(root, 'same pixels.jpg')
  // A comment changes the file, not the picture.
  const bytes = readFileSync(from)
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 1, 2, 3, 4])
  writeFileSync(same, Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]))
  const there = (await mekiki('a', 'relabel', some[1]!, same, '--json')).lines[0]!
  assert.deepEqual(there.moved, [{ file: same, from: [some[0]] }])
  const back = (await mekiki('a', 'relabel', some[0]!, from, from, '--json')).lines[0]!
  assert.deepEqual(back, { label: some[0], moved: [{ file: from, from: [some[1]] }], unchanged: 1, rejected: [] })
})

test('labels are renamed, merged and deleted, and nothing is left behind', async () => {
  cpSync(join(root, 'a'), join(root, 'l'), { recursive: true })
  const [a, b, c, d] = some as [string, string, string, string]
  const counts = async () => (await mekiki('l', 'labels', '--json')).lines[0]!.labels
  assert.deepEqual((await mekiki('l', 'labels', 'rename', a, ' neu ', '--json')).lines, [{ renamed: a, to: 'neu' }])
  assert.match((await mekiki('l', 'labels', 'rename', b, 'NEU')).err, /label\.exists/)
  await mekiki('l', 'label', b, join(pictures, a, `${a}-0.jpeg`), '--json')
  const merged = (await mekiki('l', 'labels', 'merge', b, 'Neu', '--json')).lines
  assert.deepEqual(merged, [{ merged: b, into: 'neu', moved: 10, inBoth: 1 }])
  assert.deepEqual((await mekiki('l', 'labels', 'delete', c, '--json')).lines, [{ deleted: c, examples: 10 }])
  assert.deepEqual(await counts(), [
    { label: d, examples: 10 },
    { label: 'neu', examples: 20 },
  ])
  const stats = (await mekiki('l', 'stats', '--json')).lines[0]!
  assert.equal((stats.storage as { pictures: number }).pictures, 30)
  for (const args of [
    ['delete', 'none'],
    ['merge', d, d],
    ['rename', d],
    ['merge', d],
  ])
    assert.equal((await mekiki('l', 'labels', ...args)).status, 1, args.join(' '))
})

test('bad files are refused with a code each, and the rest is filed', async () => {
  const bad = join(root, 'bad')
  mkdirSync(bad)
  const good = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#c04' } })
    .png()
    .toBuffer()
  const noise = await sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer()
  const bomb = Buffer.from(good)
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  writeFileSync(join(bad, 'empty.png'), '')
  writeFileSync(join(bad, 'text.jpg'), 'not a picture at all')
  writeFileSync(join(bad, 'svg.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  writeFileSync(join(bad, 'cut.jpg'), noise.subarray(0, noise.length / 2))
  writeFileSync(join(bad, 'header.png'), good.subarray(0, 20))
  writeFileSync(join(bad, 'bomb.png'), bomb)
  writeFileSync(join(bad, '-dash 猫\n.png'), good)
  symlinkSync('loop', join(bad, 'loop'))
  const { lines, status } = await mekiki('b', 'label', '__proto__', bad, '--json')
  assert.equal(status, 0)
  const { added, rejected } = lines[0] as { added: number; rejected: { file: string; code: string }[] }
  assert.equal(added, 1)
  assert.deepEqual(Object.fromEntries(rejected.map((r) => [r.file.slice(bad.length + 1), r.code])), {
    'empty.png': 'picture.empty',
    'text.jpg': 'picture.not-a-picture',
    'svg.png': 'picture.not-a-picture',
    'cut.jpg': 'picture.damaged',
    'header.png': 'picture.damaged',
    'bomb.png': rejected.find((r) => r.file.endsWith('bomb.png'))!.code,
    loop: 'file.link-loop',
  })
  assert.match(rejected.find((r) => r.file.endsWith('bomb.png'))!.code, /^picture\.(damaged|too-many-pixels)$/)
  assert.deepEqual((await mekiki('b', 'labels', '--json')).lines, [{ labels: [{ label: '__proto__', examples: 1 }] }])
})

test('a person’s mistakes end with 1 and a code, wrong usage with 2', async () => {
  const picture = join(pictures, some[0]!)
  const cases: [string[], number, RegExp][] = [
    [['label', 'x'.repeat(150), picture], 1, /label\.too-long/],
    [['label', ' ', picture], 1, /label\.empty/],
    [['label', 'a\nb', picture], 1, /label\.control-character/],
    [['import', join(root, 'nowhere')], 1, /file\.not-found/],
    [['train'], 1, /train\.too-few-labels/],
    [['predict', picture], 1, /predict\.not-trained/],
    [['fly'], 2, /unknown command/],
    [['label'], 2, /missing required argument/],
  ]
  for (const [args, status, message] of cases) {
    const result = await mekiki('c', ...args)
    assert.equal(result.status, status, args.join(' '))
    assert.match(result.err, message)
  }
})

test('a damaged database is a clear error', async () => {
  mkdirSync(join(root, 'd'))
  writeFileSync(join(root, 'd', 'mekiki.sqlite'), 'this was a database once '.repeat(400))
  const { status, err } = await mekiki('d', 'labels')
  assert.equal(status, 1)
  assert.match(err, /database\.damaged/)
})

test('import killed at random moments keeps what was filed and ends whole', async () => {
  const env = { ...process.env, MEKIKI_HOME: join(root, 'k') }
  let last = 0
  for (let i = 0; i < 8; i++) {
    const child = spawn(process.execPath, [MAIN, 'import', pictures], { env, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    await new Promise((resolve) => setTimeout(resolve, 250 + i * 120))
    child.kill('SIGKILL')
    await ended
    const labels = (await mekiki('k', 'labels', '--json')).lines[0]!.labels as { examples: number }[]
    const now = labels.reduce((sum, l) => sum + l.examples, 0)
    assert.ok(now >= last, `${now} examples after ${last}`)
    last = now
  }
  const { added, duplicates } = (await mekiki('k', 'import', pictures, '--json')).lines[0] as Record<string, number>
  assert.equal(added! + duplicates!, 40)
  cpSync(join(root, 'k'), join(root, 'k2'), { recursive: true })
  const labels = (await mekiki('k2', 'labels', '--json')).lines[0]!.labels as { examples: number }[]
  assert.equal(
    labels.reduce((sum, l) => sum + l.examples, 0),
    40,
  )
})
