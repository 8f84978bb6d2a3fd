// Finding mislabelled pictures and correcting them, as a person does in a terminal.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { draw, STRANGERS, TAUGHT } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const labels = TAUGHT.slice(0, 5)
const folder = (label: string) => join(root, 'pictures', label)
/** What is mislabelled on purpose. */
const wrong = new Set<string>()
type Line = { id: number; file: string; label: string; suggested: string | null; score: number; reason: string }
const suspects = async (...args: string[]) => (await mekiki('home', 'suspects', '--json', ...args)).lines as Line[]

before(async () => {
  for (const [i, label] of labels.entries()) {
    for (let k = 0; k < 12; k++) await draw(folder(label), label, k)
    wrong.add(await draw(folder(label), labels[(i + 1) % 5]!, 20))
    wrong.add(await draw(folder(label), labels[(i + 2) % 5]!, 21))
    wrong.add(await draw(folder(label), STRANGERS[i % STRANGERS.length]!, i))
  }
  const one = await draw(join(root, 'other'), labels[0]!, 3)
  await sharp(one)
    .flop()
    .jpeg({ quality: 70 })
    .toFile(join(folder(labels[2]!), 'mirrored.jpg'))
  wrong.add(join(folder(labels[2]!), 'mirrored.jpg'))
  const blank = sharp({ create: { width: 300, height: 300, channels: 3, background: '#fdfdfd' } })
  await blank.png().toFile(join(folder(labels[3]!), 'blank.png'))
  await sharp(one)
    .resize(20, 20)
    .png()
    .toFile(join(folder(labels[0]!), 'tiny.png'))
  await mekiki('home', 'import', join(root, 'pictures'))
})

test('training says how many it left out, and suspects names them with reasons', async () => {
  assert.deepEqual(await suspects(), [{ suspects: [] }])
  const trained = (await mekiki('home', 'train', '--json')).lines.at(-1)! as { leftOut: number; examples: number }
  assert.ok(trained.leftOut >= 12 && trained.leftOut <= 20, `${trained.leftOut}`)
  const found = await suspects()
  // Kept of a file's name is where it is in the folder.
  const files = found.map((s) => join(root, 'pictures', s.file))
  const missed = [...wrong].filter((f) => !files.includes(f))
  assert.ok(missed.length <= 2, `${missed}`)
  assert.ok(files.filter((f) => !wrong.has(f)).length <= 6, `${files.filter((f) => !wrong.has(f))}`)
  assert.ok(found.every((s, i) => i === 0 || s.score <= found[i - 1]!.score))
  const of = (name: string) => found.find((s) => s.file.endsWith(name))!.reason
  assert.match(of('mirrored.jpg'), new RegExp(`same picture also under ${labels[0]} \\(#\\d+\\)`))
  assert.match(of('blank.png'), /almost blank/)
  assert.match(of('tiny.png'), /very small/)
  const all = await suspects('--all')
  assert.equal(all.length, trained.examples)
  assert.deepEqual(Object.keys(all[0]!), ['id', 'file', 'label', 'suggested', 'score', 'reason'])
  const robustless = (await mekiki('home', 'train', '--robust', 'off', '--json')).lines.at(-1)!
  assert.equal(robustless.leftOut, 0)
})

test('keep, exclude, restore and relabel by number, range and file name; all of it can be undone', async () => {
  const [first, second, third, fourth] = await suspects()
  const listed = async () => (await suspects()).map((s) => s.id)
  const counts = async () =>
    Object.fromEntries(
      ((await mekiki('home', 'labels', '--json')).lines[0]!.labels as { label: string; examples: number }[]).map(
        (l) => [l.label, l.examples],
      ),
    )
  const before = await counts()
  assert.deepEqual((await mekiki('home', 'keep', `${first!.id}`, '--json')).lines, [
    { decision: 'keep', label: null, done: 1, waiting: 0 },
  ])
  assert.equal((await listed()).includes(first!.id), false)
  await mekiki('home', 'exclude', second!.file, '--json')
  assert.equal((await counts())[second!.label], before[second!.label]! - 1)
  const [told] = (await mekiki('home', 'example', `${second!.id}`, '--json')).lines as any[]
  assert.deepEqual(
    [told.example.state, told.example.label, told.history[0].action, told.history.at(-1).action],
    ['excluded', second!.label, 'reviewed', 'filed'],
  )
  assert.match((await mekiki('home', 'example', `${first!.id}`)).out, /a reviewer said that the label is right/)
  // To import the folder again does not undo what a person decided.
  assert.equal((await mekiki('home', 'import', join(root, 'pictures'), '--json')).lines[0]!.added, 0)
  assert.equal((await counts())[second!.label], before[second!.label]! - 1)
  assert.equal((await mekiki('home', 'restore', `#${second!.id}`)).status, 0)
  assert.deepEqual(await counts(), before)

  const other = labels.find((l) => l !== third!.label && l !== fourth!.label)!
  await mekiki('home', 'relabel', other, `${third!.id}`, fourth!.file)
  assert.equal((await counts())[other]! > before[other]!, true)
  // Undone in the reverse order: two moves, the restoring, the exclusion, the keeping.
  for (let i = 0; i < 5; i++) assert.equal((await mekiki('home', 'review', '--undo')).status, 0)
  assert.deepEqual(await counts(), before)
  assert.ok((await listed()).includes(first!.id))
  const nothing = await mekiki('home', 'review', '--undo')
  assert.deepEqual([nothing.status, /review\.nothing-to-undo/.test(nothing.err)], [1, true])

  const range = await mekiki('home', 'exclude', '1-3', '--json')
  assert.equal(range.lines[0]!.done, 3)
  await mekiki('home', 'restore', '1-3')
  for (const bad of ['99999', 'no such file', '5-2']) {
    const { status, err } = await mekiki('home', 'exclude', bad)
    assert.deepEqual([status, /review\.not-found/.test(err)], [1, true], bad)
  }
  const changes = (await mekiki('home', 'audit', '--json')).lines[0]!.changes as { action: string }[]
  assert.ok(changes.filter((c) => c.action === 'reviewed').length >= 8)
})

test('pictures that were kept are not suspected by the next training', async () => {
  const ids = (await suspects()).map((s) => `${s.id}`)
  await mekiki('home', 'keep', ...ids)
  await mekiki('home', 'train')
  const again = (await suspects()).filter((s) => ids.includes(`${s.id}`))
  assert.deepEqual(again, [])
  for (const _ of ids) await mekiki('home', 'review', '--undo')
})

test('the report is one page that needs nothing else, and names of strangers stay text', async () => {
  await mekiki('home', 'labels', 'rename', labels[4]!, '<script>alert(1)</script>&"')
  await mekiki('home', 'train')
  const file = join(root, 'report.html')
  const { lines } = await mekiki('home', 'report', file, '--json')
  assert.deepEqual(lines[0]!.file, file)
  const html = readFileSync(file, 'utf8')
  assert.doesNotMatch(html, /<script|http:|https:|src="(?!data:image\/jpeg;base64,)/)
  assert.match(html, /&#60;script&#62;alert\(1\)&#60;\/script&#62;&#38;&#34;/)
  assert.match(html, /prefers-color-scheme:dark/)
  assert.ok(html.match(/<figure>/g)!.length >= 10)
  await mekiki('home', 'report', file, '--language', 'ja')
  assert.match(readFileSync(file, 'utf8'), /<html lang="ja">.*データセットの状態.*に似ています/s)
  const { status, err } = await mekiki('home', 'report', join(root, 'nowhere', 'report.html'))
  assert.deepEqual([status, /report\.not-writable/.test(err)], [1, true])
})
