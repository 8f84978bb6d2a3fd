// Names of labels and datasets.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const picture = (seed: number) => noisy(seed).png().toBuffer()
const path = (name: string) => join(root, name)
type Summary = { added: number; duplicates: number; rejected: { file: string; code: string }[] }

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

test('datasets: a new one is made by adding pictures only', async () => {
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
