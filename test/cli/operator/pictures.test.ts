// A picture and its near copies are removed from every server, and kept out.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import sharp from 'sharp'
import { draw } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const path = (name: string): string => join(root, name)

/** Drawn characters, and near copies of the first: smaller, and recompressed. */
before(async () => {
  for (const [i, name] of ['Akari', 'Botan', 'Chika'].entries())
    writeFileSync(path(`${i}.png`), readFileSync(await draw(path('drawn'), name, 0)))
  writeFileSync(path('small.png'), await sharp(path('0.png')).resize(200).png().toBuffer())
  writeFileSync(path('again.jpg'), await sharp(path('0.png')).jpeg({ quality: 60 }).toBuffer())
  for (const [server, label, file] of [
    ['11', 'cat', '0.png'],
    ['11', 'cat', '1.png'],
    ['22', 'dog', 'small.png'],
    ['22', 'dog', '2.png'],
    ['', 'own', '0.png'],
    ['', 'own', '1.png'],
  ] as const)
    assert.equal((await mekiki('home', 'label', label, path(file), '--server', server, '--json')).lines[0]?.added, 1)
})

const countOf = async (server: string): Promise<unknown> =>
  (await mekiki('home', 'labels', '--server', server, '--json')).lines[0]?.labels

test('without a yes, everything that would go is listed, and nothing goes', async () => {
  const { status, lines, err } = await mekiki('home', 'pictures', 'remove', path('0.png'), '--everywhere', '--json')
  assert.equal(status, 1)
  assert.match(err, /--yes.*pictures\.not-confirmed/s)
  const [found] = lines as { pictures: number; total: number; places: { server: string; label: string }[] }[]
  assert.deepEqual([found?.pictures, found?.total], [3, 3])
  assert.deepEqual(found?.places.map((p) => `${p.server}/${p.label}`).sort(), ['/own', '11/cat', '22/dog'])
  assert.deepEqual(await countOf('11'), [{ label: 'cat', examples: 2 }])
  assert.match((await mekiki('home', 'pictures', 'remove', path('0.png'))).err, /--everywhere/)
})

test('it goes from every server with its near copies, and others stay', async () => {
  const { status, lines, err } = await mekiki(
    'home',
    'pictures',
    'remove',
    path('0.png'),
    '--everywhere',
    '--yes',
    '--json',
  )
  assert.equal(status, 0, err)
  assert.deepEqual(lines, [{ pictures: 3, examples: 3, datasets: 3 }])
  assert.deepEqual(await countOf('11'), [{ label: 'cat', examples: 1 }])
  assert.deepEqual(await countOf('22'), [{ label: 'dog', examples: 1 }])
  assert.deepEqual(await countOf(''), [{ label: 'own', examples: 1 }])
})

test('it and its near copies are refused from then on, in words that tell nothing', async () => {
  for (const file of ['0.png', 'small.png', 'again.jpg']) {
    const { lines } = await mekiki('home', 'label', 'cat', path(file), path('1.png'), '--server', '11', '--json')
    const [added] = lines as { added: number; rejected: { code: string; message: string }[] }[]
    assert.deepEqual([added?.added, added?.rejected.map((r) => r.code)], [0, ['picture.blocked']], file)
    assert.doesNotMatch(added?.rejected[0]?.message ?? '', /block|operator|remov/)
  }
})

test('nothing of the picture is kept but two hashes', () => {
  const database = new SQLite(join(root, 'home', 'mekiki.sqlite'), { readonly: true })
  const rows = database.prepare<[], Record<string, unknown>>('select * from blocked_pictures').all()
  database.close()
  assert.equal(rows.length, 2)
  for (const row of rows) {
    assert.deepEqual(Object.keys(row).sort(), ['at', 'by', 'id', 'perceptual_hash', 'pixel_hash'])
    assert.equal((row.pixel_hash as Buffer).length, 32)
  }
})

test('a number stands for an example, and what is kept out can be allowed again', async () => {
  const { lines } = await mekiki('home', 'pictures', 'blocked', '--json')
  const blocked = lines[0]?.pictures as { id: number }[]
  for (const { id } of blocked) await mekiki('home', 'pictures', 'allow', String(id))
  assert.equal((await mekiki('home', 'label', 'own', path('0.png'), '--json')).lines[0]?.added, 1)
  const suspects = new SQLite(join(root, 'home', 'mekiki.sqlite'), { readonly: true })
  const id = Number(suspects.prepare('select max(id) from examples').pluck().get())
  suspects.close()
  const removed = await mekiki('home', 'pictures', 'remove', `#${id}`, '--everywhere', '--yes', '--json')
  assert.equal(removed.lines[0]?.examples, 1, removed.err)
  assert.match((await mekiki('home', 'pictures', 'remove', '999', '--everywhere')).err, /pictures\.not-found/)
})

test('a blank picture keeps no other out', async () => {
  for (const [name, colour] of [
    ['white.png', '#fff'],
    ['red.png', '#f00'],
  ] as const)
    writeFileSync(
      path(name),
      await sharp({ create: { width: 64, height: 64, channels: 3, background: colour } })
        .png()
        .toBuffer(),
    )
  await mekiki('home', 'pictures', 'remove', path('white.png'), '--everywhere', '--yes')
  const { lines } = await mekiki('home', 'label', 'own', path('red.png'), '--json')
  assert.equal(lines[0]?.added, 1)
})

test('a restored backup of before keeps them out, too', async () => {
  await mekiki('old', 'label', 'cat', path('0.png'), path('1.png'))
  assert.equal((await mekiki('old', 'backup', 'create', path('before.sqlite'))).status, 0)
  await mekiki('old', 'pictures', 'remove', path('small.png'), '--everywhere', '--yes')
  await mekiki('old', 'people', 'block', '140000000000000001')
  const restored = await mekiki('old', 'backup', 'restore', path('before.sqlite'), '--json')
  assert.equal(restored.lines[0]?.forgotten, 1, restored.err)
  assert.deepEqual((await mekiki('old', 'labels', '--json')).lines[0]?.labels, [{ label: 'cat', examples: 1 }])
  const refused = await mekiki('old', 'label', 'cat', path('0.png'), path('2.png'), '--json')
  assert.deepEqual(
    (refused.lines[0]?.rejected as { code: string }[]).map((r) => r.code),
    ['picture.blocked'],
  )
  assert.equal(((await mekiki('old', 'people', '--json')).lines[0]?.people as unknown[]).length, 1)
})
