// Pictures that people hand over by accident or on purpose.
import assert from 'node:assert/strict'
import { mkdirSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { badPictures, noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const picture = (seed: number) => noisy(seed).png().toBuffer()
const path = (name: string) => join(root, name)
type Summary = { added: number; duplicates: number; rejected: { file: string; code: string }[] }

before(async () => {
  for (const label of ['a', 'b'])
    for (let i = 0; i < 3; i++) {
      mkdirSync(path(`good/${label}`), { recursive: true })
      writeFileSync(path(`good/${label}/${i}.png`), await picture(label.charCodeAt(0) * 10 + i))
    }
  await mekiki('home', 'import', path('good'), '--json')
  await mekiki('home', 'train', '--json')
})

test('a folder of bad pictures: each is refused with its code, the good one among them is added, memory stays bounded', async () => {
  const cases = await badPictures()
  mkdirSync(path('bad'))
  for (const { name, bytes } of cases) writeFileSync(path(`bad/${name}`), bytes)
  writeFileSync(path('bad/zz good.png'), await picture(500))
  const large = openSync(path('bad/large.jpg'), 'w')
  writeSync(large, Buffer.from([0xff, 0xd8, 0xff]))
  truncateSync(path('bad/large.jpg'), 40 * 2 ** 20)

  const { lines, status, peakMiB } = await mekiki('home', 'label', 'c', path('bad'), '--json')
  assert.equal(status, 0)
  const { added, rejected } = lines[0] as Summary
  assert.equal(added, 1)
  const expected = [...cases.map((c) => [path(`bad/${c.name}`), c.code]), [path('bad/large.jpg'), 'picture.too-large']]
  assert.deepEqual(Object.fromEntries(rejected.map((r) => [r.file, r.code])), Object.fromEntries(expected))
  assert.ok(peakMiB < 600, `${peakMiB} MiB`)

  const answers = (await mekiki('home', 'predict', path('bad'), '--json')).lines as { error?: { code: string } }[]
  assert.equal(answers.length, cases.length + 2)
  assert.equal(answers.filter((a) => !a.error).length, 1)
})

test('heavy pictures are decoded one at a time within 600 MiB, heavier ones refused', async () => {
  mkdirSync(path('heavy'))
  const blank = (side: number, background = '#37a') =>
    sharp({ create: { width: side, height: side, channels: 3, background } })
  const write = async (name: string, image: ReturnType<typeof blank>) =>
    writeFileSync(path(`heavy/${name}`), await image.toBuffer())
  const progressive = { progressive: true } as const
  await write('a.jpg', blank(7000).jpeg(progressive))
  await write('b.png', blank(7000, '#456').png({ ...progressive, compressionLevel: 1 }))
  await write(
    'c.png',
    blank(5000)
      .toColourspace('rgb16')
      .png({ ...progressive, compressionLevel: 1 }),
  )
  await write('d.jpg', blank(4000).toColourspace('cmyk').jpeg(progressive))
  await write('e.webp', blank(6000, '#678').webp({ effort: 0 }))
  await write('f.jpg', blank(7000, '#789').jpeg())
  await write('heavier.jpg', blank(7000).jpeg({ ...progressive, chromaSubsampling: '4:4:4' }))
  await write('heavier.webp', blank(7000).webp({ effort: 0 }))
  const { lines, peakMiB } = await mekiki('heavy-home', 'label', 'x', path('heavy'), '--json')
  const { added, duplicates, rejected } = lines[0] as Summary
  assert.equal(added + duplicates, 6, JSON.stringify(rejected))
  assert.deepEqual(
    rejected.map((r) => r.code),
    ['picture.too-heavy', 'picture.too-heavy'],
  )
  assert.ok(peakMiB < 600, `${peakMiB} MiB`)
})
