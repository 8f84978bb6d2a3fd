// Unlabelled pictures are sorted into folders by their answers: exact copies, nothing overwritten, nothing outside.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { draw, STRANGERS, TAUGHT } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
/** Two of them cannot be the names of folders; one is that of a folder for what is unknown. */
const LABELS = { [TAUGHT[0]!]: 'a/b', [TAUGHT[1]!]: 'CON', [TAUGHT[2]!]: '_unknown' }
const EACH = 6
const asked = join(root, 'asked')

before(async () => {
  for (const [name, label] of Object.entries(LABELS)) {
    for (let k = 0; k < EACH; k++) await draw(join(root, 'taught', name), name, k)
    await mekiki('a', 'label', label, join(root, 'taught', name), '--json')
    await draw(join(asked, 'deep', name), name, 20)
  }
  await mekiki('a', 'train', '--head', 'linear', '--json')
  await draw(asked, STRANGERS[0]!, 1)
  // One that is answered for sure, since it was taught.
  cpSync(join(root, 'taught', TAUGHT[0]!), join(asked, 'same'), { recursive: true })
  writeFileSync(join(asked, 'notes.txt'), 'no picture')
})

type Summary = {
  copied: number
  there: number
  sure: number
  unsure: number
  unknown: number
  folders: { folder: string; pictures: number }[]
  rejected: { file: string; code: string }[]
}
async function sort(out: string, from = asked): Promise<Summary> {
  const { lines, status, err } = await mekiki('a', 'predict', from, '--copy-to', out, '--json')
  assert.equal(status, 0, err)
  assert.equal(lines.length, 1)
  return lines[0] as unknown as Summary
}
const filesIn = (dir: string): Map<string, Buffer> =>
  new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(dir.length + 1), readFileSync(file)]),
  )
const total = Object.keys(LABELS).length + EACH + 1

test('pictures lie in the folder of their answer, byte for byte, and again nothing is copied', async () => {
  const out = join(root, 'sorted')
  const summary = await sort(out)
  assert.deepEqual(
    [summary.copied, summary.there, summary.rejected.map((r) => r.code)],
    [total, 0, ['picture.not-a-picture']],
  )
  assert.equal(summary.sure + summary.unsure + summary.unknown, total)
  const copies = filesIn(out)
  assert.equal(copies.size, total)
  const originals = [...filesIn(asked).values()]
  for (const [file, bytes] of copies) {
    assert.ok(
      originals.some((original) => original.equals(bytes)),
      file,
    )
    assert.match(file, /^(a_b|_CON|_unknown \(2\)|_unknown|_unsure\/(a_b|_CON|_unknown \(2\)))\//)
  }
  assert.ok(
    [...copies.keys()].some((file) => /^a_b\/same\//.test(file)),
    [...copies.keys()].join(),
  )
  assert.equal(
    summary.folders.reduce((sum, { pictures }) => sum + pictures, 0),
    total,
  )

  const again = await sort(out)
  assert.deepEqual([again.copied, again.there], [0, total])
  assert.deepEqual(filesIn(out), copies)
})

test('what is there stays: another file of the same name gets a number, one that is missing comes back', async () => {
  const out = join(root, 'taken')
  await sort(out)
  const [first = '', second = ''] = [...filesIn(out).keys()].filter((file) => file.includes('same'))
  const original = readFileSync(join(out, first))
  writeFileSync(join(out, first), 'mine')
  rmSync(join(out, second))
  const summary = await sort(out)
  assert.deepEqual([summary.copied, summary.there], [2, total - 2])
  assert.equal(readFileSync(join(out, first), 'utf8'), 'mine')
  assert.ok(readFileSync(join(out, first.replace(/(\.\w+)$/, ' (2)$1'))).equals(original))
  assert.equal((await sort(out)).copied, 0)
})

test('links lead nowhere, and a folder inside of what is sorted is not sorted itself', async () => {
  const out = join(asked, 'sorted inside')
  const elsewhere = mkdtempSync(join(root, 'elsewhere-'))
  mkdirSync(out)
  symlinkSync(elsewhere, join(out, 'a_b'))
  const summary = await sort(out)
  assert.ok(summary.rejected.some((r) => r.code === 'copy.link'))
  assert.deepEqual(readdirSync(elsewhere), [])
  rmSync(join(out, 'a_b'))
  assert.equal((await sort(out)).copied + summary.copied, total)
  assert.equal((await sort(out)).there, total)
})

test('where nothing can be written, it is said', async () => {
  const file = join(root, 'taught', TAUGHT[0]!, readdirSync(join(root, 'taught', TAUGHT[0]!))[0]!)
  const { status, err } = await mekiki('a', 'predict', asked, '--copy-to', file)
  assert.equal(status, 1)
  assert.match(err, /copy\.not-writable/)
})
