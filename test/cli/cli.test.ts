// The verbs, with real pictures, the real backbone and a real database.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { registry } from '../../commands/registry.ts'
import { draw, STRANGERS, TAUGHT } from '../../demo/characters.ts'
import { MAIN, makeHome } from '../support/mekiki.ts'

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

test('why: the filed pictures that it is most like, as a picture too; nothing is stored of what was asked', async () => {
  const [file] = [join(asked, `${some[1]}-10.png`), join(asked, `${some[1]}-11.jpeg`)].filter((f) => existsSync(f))
  const [line] = (await mekiki('a', 'predict', file!, '--why', '--json')).lines as {
    picture: string
    top: { label: string }[]
    why: { runnerUp: object | null; nearest: { label: string; file: string; similarity: number }[] }
  }[]
  const { nearest } = line!.why
  assert.equal(nearest.length, 6)
  assert.equal(nearest[0]!.label, line!.top[0]!.label)
  assert.ok(nearest.every((n, i) => i === 0 || i === 5 || n.similarity <= nearest[i - 1]!.similarity))
  assert.ok(nearest.every((n) => n.file.startsWith(pictures)))
  const { format, width, height } = await sharp(line!.picture).metadata()
  assert.deepEqual([format, width! > 700, height! > 500], ['png', true, true])
  const filed = (await mekiki('a', 'predict', join(pictures, some[2]!), '--why', '--json')).lines as (typeof line)[]
  for (const own of filed) assert.ok(own!.why.nearest[0]!.similarity > 0.7, JSON.stringify(own))
  assert.equal(((await mekiki('a', 'stats', '--json')).lines[0]!.storage as { pictures: number }).pictures, 40)
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
  const learning = stats.learning as { curve: { examples: number; accuracy: number }[] }
  assert.ok(learning.curve.length > 1)
  const { charts } = (await mekiki('a', 'stats', '--charts', '--json')).lines[0] as { charts: string[] }
  assert.deepEqual(
    charts.map((c) => basename(c)),
    ['examples.png', 'confusion.png', 'learning.png', 'accuracy.png'],
  )
  for (const chart of charts) assert.equal((await sharp(chart).metadata()).format, 'png')
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
  assert.deepEqual(filed.lines, [{ added: 1, duplicates: 0, rejected: [], label: 'akari' }])
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

test('every verb explains itself, with examples', async () => {
  const { out, status } = await mekiki('h', '--help')
  assert.equal(status, 0)
  for (const { name, examples } of registry.listFor('cli')) {
    assert.ok(out.includes(`\n  ${name} `), name)
    const help = await mekiki('h', name, '--help')
    assert.equal(help.status, 0)
    for (const example of examples) assert.ok(help.out.includes(`mekiki ${example}`), example)
  }
})

test('a reader that goes away early is no fault', () => {
  const env = { ...process.env, MEKIKI_HOME: join(root, 'a') }
  const line = `"${process.execPath}" "${MAIN}" predict "${pictures}" --json | head -n 1; echo \${PIPESTATUS[0]}`
  const { stdout, stderr } = spawnSync('bash', ['-c', line], { env, encoding: 'utf8' })
  assert.match(stdout, /^\{.*\}\n0\n$/)
  assert.doesNotMatch(stderr, /EPIPE|fault|terminate/)
})

test('doctor finds nothing wrong with a home that works', async () => {
  const { ok, checks } = (await mekiki('a', 'doctor', '--json')).lines[0] as {
    ok: boolean
    checks: { check: string }[]
  }
  assert.equal(ok, true)
  for (const check of ['runtime', 'database', 'backbone', 'write access', 'memory'])
    assert.ok(
      checks.some((c) => c.check === check),
      check,
    )
})
