// ZIP files on a command line: folders in them are labels, and what is not added is said.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { noisy } from '../support/bad-pictures.ts'
import { makeHome } from '../support/mekiki.ts'
import { makeZip, type ZipEntry } from '../support/zip-file.ts'

const { root, mekiki } = makeHome()

const pictures: Buffer[] = []
let taken = 0
before(async () => {
  for (let i = 0; i < 30; i++)
    pictures.push(
      await noisy(500 + i, 48)
        .jpeg()
        .toBuffer(),
    )
})
const picture = (name: string | Buffer): ZipEntry => ({ name, bytes: pictures[taken++ % pictures.length]! })

function zip(name: string, entries: ZipEntry[]): string {
  const path = join(root, name)
  writeFileSync(path, makeZip(entries))
  return path
}
type Summary = {
  added: number
  duplicates: number
  labels?: { label: string; added: number }[]
  skipped?: number
  parts?: string[]
  rejected: { file: string; code: string }[]
}
async function run(home: string, ...args: string[]): Promise<Summary> {
  const { lines, err, status } = await mekiki(home, ...args, '--json')
  assert.equal(status, 0, err)
  return lines[0] as Summary
}
const countsOf = (summary: Summary) => Object.fromEntries((summary.labels ?? []).map((l) => [l.label, l.added]))

test('folders of a ZIP are labels, with or without a folder around them', async () => {
  const flat = zip('flat.zip', [picture('cat/1.jpg'), picture('cat/deep/2.jpg'), picture('dog/1.jpg')])
  const summary = await run('flat-home', 'import', flat)
  assert.deepEqual([summary.added, countsOf(summary)], [3, { cat: 2, dog: 1 }])
  assert.deepEqual((await run('flat-home', 'import', flat)).duplicates, 3)
  const wrapped = zip('wrapped.zip', [
    picture('My pictures/bird/1.jpg'),
    picture('My pictures/fish/1.jpg'),
    { name: '__MACOSX/My pictures/bird/._1.jpg', bytes: Buffer.from('x') },
    { name: 'My pictures/Thumbs.db', bytes: Buffer.from('x') },
    { name: 'My pictures/notes.txt', bytes: Buffer.from('notes') },
  ])
  const wrappedSummary = await run('flat-home', 'import', wrapped)
  assert.deepEqual([countsOf(wrappedSummary), wrappedSummary.skipped], [{ bird: 1, fish: 1 }, 3])
  // What is kept of a name is its place in the ZIP.
  const { lines } = await mekiki('flat-home', 'suspects', '--all', '--json')
  assert.ok(lines.some((l) => l.file === 'cat/deep/2.jpg'))
})

test('parts of a split dataset are joined, and a lone folder of pictures is a label', async () => {
  const split = zip('split.zip', [
    picture('set/train/cat/1.jpg'),
    picture('set/val/cat/2.jpg'),
    picture('set/test/dog/1.jpg'),
  ])
  const summary = await run('split-home', 'import', split)
  assert.deepEqual([countsOf(summary), summary.parts], [{ cat: 2, dog: 1 }, ['train', 'val', 'test']])
  const lone = await run('split-home', 'import', zip('lone.zip', [picture('owl/1.jpg'), picture('owl/2.jpg')]))
  assert.deepEqual(countsOf(lone), { owl: 2 })
})

test('names that Windows wrote in Japanese are read', async () => {
  // 表/猫.jpg
  const name = Buffer.from([0x95, 0x5c, 0x2f, 0x94, 0x4c, 0x2e, 0x6a, 0x70, 0x67])
  assert.deepEqual(countsOf(await run('kana-home', 'import', zip('kana.zip', [picture(name)]))), { 表: 1 })
})

test('what cannot be added is named with its reason, and the rest is added', async () => {
  const summary = await run(
    'bad-home',
    'import',
    zip('bad.zip', [
      picture('cat/1.jpg'),
      picture('beside.jpg'),
      { ...picture('cat/2.jpg'), crc: 5 },
      { ...picture('cat/3.jpg'), flags: 1 },
      { name: 'cat/notes.txt', bytes: Buffer.from('notes') },
      { name: 'cat/more.zip', bytes: makeZip([]) },
      { name: 'cat/link.jpg', bytes: Buffer.from('../1.jpg'), mode: 0o120777 },
      picture(`${'x'.repeat(101)}/1.jpg`),
      picture('../up.jpg'),
      picture('dog/1.jpg'),
    ]),
  )
  assert.deepEqual(countsOf(summary), { cat: 1, dog: 1 })
  assert.deepEqual(Object.fromEntries(summary.rejected.map((r) => [r.file, r.code])), {
    'bad.zip/../up.jpg': 'zip.path',
    'bad.zip/beside.jpg': 'import.no-label',
    'bad.zip/cat/2.jpg': 'zip.file-damaged',
    'bad.zip/cat/3.jpg': 'zip.encrypted',
    'bad.zip/cat/link.jpg': 'zip.link',
    'bad.zip/cat/more.zip': 'zip.nested',
    'bad.zip/cat/notes.txt': 'picture.not-a-picture',
    [`bad.zip/${'x'.repeat(101)}/1.jpg`]: 'label.too-long',
  })
})

test('label adds all that is in a ZIP; a ZIP that is none is refused by name, and other pictures are added', async () => {
  const path = join(root, 'one.jpg')
  writeFileSync(path, pictures[29]!)
  const broken = join(root, 'broken.zip')
  writeFileSync(broken, makeZip([picture('a.jpg')]).subarray(0, 300))
  const mixed = zip('mixed.zip', [picture('a/1.jpg'), picture('b/2.jpg'), picture('3.jpg')])
  const summary = await run('label-home', 'label', 'owl', broken, mixed, path)
  assert.deepEqual([summary.added, summary.rejected.map((r) => r.code)], [4, ['zip.damaged']])
  const alone = await mekiki('label-home', 'import', broken)
  assert.equal(alone.status, 1)
  assert.match(alone.err, /zip\.damaged/)
  assert.match((await mekiki('label-home', 'import', zip('empty.zip', []))).err, /zip\.empty/)
  assert.match((await mekiki('label-home', 'import', zip('pictures.zip', [picture('1.jpg')]))).err, /import\.flat/)
  assert.match((await mekiki('label-home', 'import', path)).err, /file\.not-a-folder/)
})
