// Folders as people have them: on a NAS, linked, flat, split into parts, with names of other encodings.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { before, test } from 'node:test'
import { noisy } from '../support/bad-pictures.ts'
import { makeHome } from '../support/mekiki.ts'

const { root, mekiki, mekikiAsNobody } = makeHome()
const path = (...names: string[]) => join(root, ...names)

/** Each is another picture. */
const pictures: Buffer[] = []
let taken = 0
before(async () => {
  for (let i = 0; i < 40; i++)
    pictures.push(
      await noisy(300 + i, 48)
        .jpeg()
        .toBuffer(),
    )
})

function put(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(path(file)), { recursive: true })
    writeFileSync(path(file), pictures[taken++ % pictures.length]!)
  }
}
type Summary = {
  added: number
  skipped: number
  parts?: string[]
  rejected: { file: string; code: string; message: string }[]
}
async function importInto(home: string, folder: string): Promise<Summary> {
  const { lines, err, status } = await mekiki(home, 'import', path(folder), '--json')
  assert.equal(status, 0, err)
  return lines[0] as Summary
}
async function labelsOf(home: string): Promise<Record<string, number>> {
  const { lines } = await mekiki(home, 'labels', '--json')
  const { labels } = lines[0] as { labels: { label: string; examples: number }[] }
  return Object.fromEntries(labels.map((l) => [l.label, l.examples]))
}
const rejectedIn = ({ rejected }: Summary): Record<string, string> =>
  Object.fromEntries(rejected.map((r) => [r.file.slice(root.length + 1), r.code]))

test('folders and files of NAS, Windows and macOS are skipped and counted', async () => {
  put('nas/cat/0.jpg', 'nas/cat/1.jpg', 'nas/dog/0.jpg')
  const system = [
    '@eaDir',
    '#recycle',
    '$RECYCLE.BIN',
    'lost+found',
    'System Volume Information',
    '__MACOSX',
    '.Trashes',
  ]
  for (const folder of system) put(`nas/${folder}/0.jpg/thumbnail.jpg`, `nas/cat/${folder}/1.jpg`)
  put('nas/cat/.DS_Store', 'nas/cat/._0.jpg', 'nas/dog/Thumbs.db', 'nas/desktop.ini')
  const summary = await importInto('nas-home', 'nas')
  assert.deepEqual([summary.added, summary.skipped, summary.rejected], [3, 2 * system.length + 4, []])
  assert.deepEqual(await labelsOf('nas-home'), { cat: 2, dog: 1 })
})

test('what is kept of a name says nothing about where the folder lies', async () => {
  put('private/cat/0.jpg', 'private/cat/deep/1.jpg', 'private/dog/0.jpg')
  await importInto('names-home', 'private')
  put('private/more/2.jpg', 'private/more/in/3.jpg', 'private/4.jpg')
  const label = await mekiki('names-home', 'label', 'bird', path('private/more'), path('private/4.jpg'), '--json')
  const { added, rejected } = label.lines[0] as Summary
  assert.deepEqual([label.status, added, rejected], [0, 3, []], label.err)
  const { lines } = await mekiki('names-home', 'suspects', '--all', '--json')
  assert.deepEqual(lines.map((l) => l.file).sort(), [
    '2.jpg',
    '4.jpg',
    'cat/0.jpg',
    'cat/deep/1.jpg',
    'dog/0.jpg',
    'in/3.jpg',
  ])
  await mekiki('names-home', 'export', path('names-out'))
  assert.ok(!readFileSync(path('names-out/metadata.csv'), 'utf8').includes(root))
})

test('label and predict pass over the same, and say so', async () => {
  put('shared/0.jpg', 'shared/@eaDir/0.jpg', 'shared/inner/1.jpg', 'shared/inner/.hidden/2.jpg')
  const labelled = (await mekiki('nas-home', 'label', 'bird', path('shared'), '--json')).lines[0] as Summary
  assert.deepEqual([labelled.added, labelled.skipped], [2, 2])
  assert.match((await mekiki('nas-home', 'label', 'bird', path('shared'))).out, /Skipped 2 entries/)
  await mekiki('nas-home', 'train')
  const { lines, err } = await mekiki('nas-home', 'predict', path('shared'), '--json')
  assert.deepEqual(
    lines.map((l) => l.file),
    [path('shared/0.jpg'), path('shared/inner/1.jpg')],
  )
  assert.match(err, /Skipped 2 entries/)
})

test('linked folders of labels are added; links that lead back are named or counted, and end', async () => {
  put('store/cat/0.jpg', 'store/cat/1.jpg', 'store/dog/0.jpg', 'store/more/2.jpg', 'linked/bird/0.jpg')
  symlinkSync('../store/cat', path('linked/cat'))
  symlinkSync('../store/dog', path('linked/dog'))
  symlinkSync('bird', path('linked/birds'))
  symlinkSync('..', path('linked/up'))
  symlinkSync('nowhere', path('linked/gone'))
  // Inside of labels: elsewhere once, and back.
  symlinkSync('../more', path('store/cat/more'))
  symlinkSync('../more', path('store/cat/more again'))
  symlinkSync('.', path('store/dog/loop'))
  symlinkSync('/', path('store/dog/everything'))
  symlinkSync('../cat', path('linked/bird/cats'))
  symlinkSync('..', path('linked/bird/back'))
  const summary = await importInto('linked-home', 'linked')
  assert.deepEqual(rejectedIn(summary), {
    'linked/birds': 'file.link-back',
    'linked/gone': 'file.not-found',
    'linked/up': 'file.link-back',
  })
  // `more again` twice: cat is reached through bird, too.
  assert.equal(summary.skipped, 5)
  assert.deepEqual(await labelsOf('linked-home'), { bird: 4, cat: 3, dog: 1 })
})

test('a flat folder is a mistake that leads to `label`', async () => {
  put('flat/0.jpg', 'flat/1.jpg')
  writeFileSync(path('flat/notes.txt'), 'notes')
  const { status, err } = await mekiki('flat-home', 'import', path('flat'))
  assert.equal(status, 1)
  assert.match(err, /2 pictures and no folder.*mekiki label LABEL FOLDER.*\(import\.flat\)/s)
})

test('pictures beside the folders of labels are named, other files counted', async () => {
  put('beside/cat/0.jpg', 'beside/loose.jpg')
  writeFileSync(path('beside/README.md'), '# About')
  const summary = await importInto('beside-home', 'beside')
  assert.deepEqual(rejectedIn(summary), { 'beside/loose.jpg': 'import.no-label' })
  assert.deepEqual([summary.added, summary.skipped], [1, 1])
})

test('where nothing at all is found, every command fails', async () => {
  mkdirSync(path('empty/cat/.hidden'), { recursive: true })
  mkdirSync(path('empty/dog'))
  for (const args of [['import'], ['label', 'x'], ['unlabel', 'x'], ['predict']]) {
    const { status, err } = await mekiki('nas-home', ...args, path('empty'))
    assert.equal(status, 1, args.join(' '))
    assert.match(err, /found no file in .*skipped 1.*\(file\.none\)/, args.join(' '))
  }
})

test('parts of a split dataset are recognized and said, and their labels joined', async () => {
  put('split/train/cat/0.jpg', 'split/train/dog/0.jpg', 'split/val/cat/1.jpg', 'split/Test/dog/1.jpg')
  put('split/@eaDir/0.jpg', 'split/val/@eaDir/0.jpg')
  const summary = await importInto('split-home', 'split')
  assert.deepEqual([summary.added, summary.skipped, summary.parts], [4, 2, ['Test', 'train', 'val']])
  assert.deepEqual(await labelsOf('split-home'), { cat: 2, dog: 2 })
  assert.match((await mekiki('split-home', 'import', path('split'))).out, /Test, train and val as parts of one dataset/)
})

test('pictures of a part without labels are named; labels that are called like parts stay labels', async () => {
  put('unlabelled/train/cat/0.jpg', 'unlabelled/train/dog/0.jpg', 'unlabelled/test/1.jpg')
  const summary = await importInto('unlabelled-home', 'unlabelled')
  assert.deepEqual(rejectedIn(summary), { 'unlabelled/test/1.jpg': 'import.no-label' })
  assert.deepEqual(await labelsOf('unlabelled-home'), { cat: 1, dog: 1 })

  put('vehicles/train/0.jpg', 'vehicles/train/old/1.jpg', 'vehicles/bus/0.jpg')
  assert.equal((await importInto('vehicles-home', 'vehicles')).parts, undefined)
  assert.deepEqual(await labelsOf('vehicles-home'), { bus: 1, train: 2 })
})

test('files and folders whose names are no UTF-8 are added by their bytes, with a name that people can read', async () => {
  put('encoded/dog/0.jpg')
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat([path('encoded/'), ...parts].map((p) => Buffer.from(p)))
  // 猫 in Shift-JIS; its file name ends a character with a backslash's byte (表).
  const cat = [0x94, 0x4c]
  mkdirSync(bytes(cat))
  writeFileSync(bytes(cat, '/', [0x95, 0x5c], '.jpg'), pictures[0]!)
  // é and Ä in Latin-1.
  writeFileSync(bytes('dog/caf', [0xe9], '.jpg'), pictures[1]!)
  writeFileSync(bytes('dog/', [0xc4], 'rger.jpg'), Buffer.from('no picture'))
  const summary = await importInto('encoded-home', 'encoded')
  assert.equal(summary.added, 3)
  assert.deepEqual(rejectedIn(summary), { 'encoded/dog/Ärger.jpg': 'picture.not-a-picture' })
  assert.deepEqual(await labelsOf('encoded-home'), { dog: 2, 猫: 1 })
  await mekiki('encoded-home', 'train')
  const { lines } = await mekiki('encoded-home', 'predict', path('encoded'), '--json')
  const files = lines.map((l) => String(l.file).slice(root.length + 1))
  assert.deepEqual(files, ['0.jpg', 'café.jpg', 'Ärger.jpg'].map((f) => `encoded/dog/${f}`).concat('encoded/猫/表.jpg'))
})

test('what may not be read is named, and never stops the rest', async (t) => {
  chmodSync(root, 0o777)
  if ((await mekikiAsNobody('any', '--help')).status !== 0) return t.skip('nobody may not read this folder')
  put('closed/cat/0.jpg', 'closed/cat/inner/1.jpg', 'closed/dog/0.jpg', 'closed/dog/secret.jpg', 'closed/elk/0.jpg')
  for (const name of ['closed/cat/inner', 'closed/dog/secret.jpg', 'closed/elk']) chmodSync(path(name), 0)
  mkdirSync(path('closed-home'))
  chmodSync(path('closed-home'), 0o777)
  const { status, lines } = await mekikiAsNobody('closed-home', 'import', path('closed'), '--json')
  const summary = lines[0] as Summary
  assert.deepEqual([status, summary.added], [0, 2])
  assert.deepEqual(rejectedIn(summary), {
    'closed/cat/inner': 'file.no-permission',
    'closed/dog/secret.jpg': 'file.no-permission',
    'closed/elk': 'file.no-permission',
  })
})
