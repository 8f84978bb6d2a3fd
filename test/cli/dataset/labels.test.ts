// Taking pictures out of labels, moving them, and changing labels.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { draw, TAUGHT } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const some = TAUGHT.slice(0, 4)
const pictures = join(root, 'pictures')
before(async () => {
  for (const name of some) for (let k = 0; k < 10; k++) await draw(join(pictures, name), name, k)
  await mekiki('a', 'import', pictures, '--json')
})

test('unlabel removes a picture once, and it can be added again', async () => {
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
  const refused = await mekiki('l', 'labels', 'delete', c, '--json')
  assert.deepEqual([refused.status, /confirm\.missing/.test(refused.err)], [1, true])
  const deleteIt = async () => (await mekiki('l', 'labels', 'delete', c, '--json', '--yes')).lines
  assert.deepEqual(await deleteIt(), [{ deleted: c, examples: 10, days: 7 }])
  const [listed] = (await mekiki('l', 'labels', 'deleted', '--json')).lines
  assert.deepEqual(listed!.labels, [
    { label: c, examples: 10, into: null, daysLeft: 7 },
    { label: b, examples: 11, into: 'neu', daysLeft: 7 },
  ])
  assert.deepEqual((await mekiki('l', 'labels', 'restore', c, '--json')).lines, [
    { restored: c, examples: 10, left: 0, joined: 0 },
  ])
  await deleteIt()
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
