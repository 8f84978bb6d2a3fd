// Nothing is passed over in silence: what was rejected is listed, and where that is everything, it is an error.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const path = (...names: string[]) => join(root, ...names)

async function writePictures(folder: string, seeds: number[]): Promise<void> {
  mkdirSync(path(folder), { recursive: true })
  for (const seed of seeds) writeFileSync(path(folder, `${seed}.png`), await noisy(seed).png().toBuffer())
}

function writeNonsense(folder: string): void {
  mkdirSync(path(folder), { recursive: true })
  for (const name of ['x.png', 'y.jpg']) writeFileSync(path(folder, name), 'no picture')
}

type Line = { rejected?: { file: string; code: string }[]; [key: string]: unknown }
const codes = (line: unknown): string[] => ((line as Line).rejected ?? []).map((r) => r.code)

before(async () => {
  await writePictures('good/a', [1, 2, 3])
  await writePictures('good/b', [4, 5, 6])
  writeNonsense('bad/a')
  await writePictures('mixed/a', [7])
  writeNonsense('mixed/a')
  writeFileSync(path('mixed/a/.DS_Store'), '')
  await mekiki('home', 'import', path('good'))
  await mekiki('home', 'train')
})

/** Commands that are given files of which none can be used, and the code that each of those is rejected with. */
const HOPELESS: [args: string[], code: string][] = [
  [['import', path('bad')], 'picture.not-a-picture'],
  [['label', 'a', path('bad')], 'picture.not-a-picture'],
  [['label', 'a', path('nowhere.png')], 'file.not-found'],
  [['unlabel', 'a', path('bad'), '--yes'], 'picture.not-a-picture'],
  [['unlabel', 'a', path('good/b'), '--yes'], 'example.not-filed'],
  [['relabel', 'a', path('bad')], 'picture.not-a-picture'],
  [['relabel', 'a', path('nowhere.png')], 'file.not-found'],
]

for (const [args, code] of HOPELESS)
  test(`${args[0]} of files that are all rejected (${code}) lists them and ends with status 1`, async () => {
    const { status, lines, err } = await mekiki('home', ...args, '--json')
    assert.deepEqual([status, new Set(codes(lines[0]))], [1, new Set([code])])
    assert.match(err, /Expected at least one file that can be used, found none among \d \(file\.all-rejected\)/)
    const forPeople = await mekiki('home', ...args)
    assert.equal(forPeople.status, 1)
    assert.match(forPeople.out, /Skipped [23] files|was skipped: /)
  })

test('predict of files that are all rejected says why for each and ends with status 1', async () => {
  const { status, lines, err } = await mekiki('home', 'predict', path('bad'), '--json')
  assert.deepEqual([status, lines.length], [1, 2])
  assert.match(err, /file\.all-rejected/)
})

test('where some are rejected, the others are used, the list says which, and the status is 0', async () => {
  const imported = await mekiki('home', 'import', path('mixed'), '--json')
  assert.deepEqual([imported.status, imported.lines[0]?.added, codes(imported.lines[0]).length], [0, 1, 2])
  const again = await mekiki('home', 'import', path('mixed'), '--json')
  assert.deepEqual([again.status, again.lines[0]?.duplicates], [0, 1])
  const asked = await mekiki('home', 'predict', path('mixed'), '--json')
  assert.deepEqual([asked.status, asked.lines.length], [0, 3])
})

test('relabel of a folder says what it moved, what had the label, what it skipped and rejected, and why', async () => {
  const { status, lines, out } = await mekiki('home', 'relabel', 'b', path('mixed'), path('good/b'), '--json')
  const [{ moved, unchanged, skipped, rejected }] = lines as [Line]
  assert.equal(status, 0)
  assert.deepEqual(moved, [{ file: path('mixed/a/7.png'), from: ['a'] }], out)
  assert.deepEqual([unchanged, skipped], [3, 1])
  assert.deepEqual(
    rejected?.map((r) => [r.file, r.code]),
    [
      [path('mixed/a/x.png'), 'picture.not-a-picture'],
      [path('mixed/a/y.jpg'), 'picture.not-a-picture'],
    ],
  )
  const said = (await mekiki('home', 'relabel', 'b', path('mixed'))).out
  for (const part of [/^1 picture was already there/m, /^Skipped 2 files/m, /^Skipped 1 entry/m])
    assert.match(said, part)
})

test('relabel of what was excluded or withdrawn says so, and does not say that it had the label', async () => {
  const idOf = async (file: string) =>
    (await mekiki('home', 'suspects', '--all', '--json')).lines.find((l) => path(`good/${l.file}`) === path(file))
      ?.id as number
  const id = await idOf('good/a/1.png')
  await mekiki('home', 'exclude', `${id}`)
  const { lines } = await mekiki('home', 'relabel', 'b', path('good/a/1.png'), '--json')
  assert.deepEqual(lines[0]?.moved, [{ file: path('good/a/1.png'), from: ['a'] }])
  const [{ by }] = (await mekiki('home', 'audit', '--json')).lines[0]?.changes as [{ by: string }]
  await mekiki('home', 'withdraw', by, '--yes')
  const refused = await mekiki('home', 'relabel', 'c', path('good/a/2.png'), '--json')
  assert.deepEqual([refused.status, codes(refused.lines[0])], [1, ['review.withdrawn']])
  await mekiki('home', 'withdraw', by, '--restore')
})

test('an empty folder beside others stops nothing, and numbers that no example has are an error', async () => {
  mkdirSync(path('empty'))
  const both = await mekiki('home', 'relabel', 'a', path('empty'), path('good/a'), '--json')
  assert.equal(both.status, 0)
  const none = await mekiki('home', 'relabel', 'a', '99999')
  assert.deepEqual([none.status, /review\.not-found/.test(none.err)], [1, true])
})
