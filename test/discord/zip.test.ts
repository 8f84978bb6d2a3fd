// ZIP files in the chat, through the real discord.js: folders are labels, harm is refused, and nothing is passed over in silence.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noisy } from '../support/bad-pictures.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { makeZip, type ZipEntry } from '../support/zip-file.ts'

let world: World
const pictures: Buffer[] = []
before(async () => {
  world = await openWorld()
  for (let i = 0; i < 24; i++)
    pictures.push(
      await noisy(700 + i, 48)
        .jpeg()
        .toBuffer(),
    )
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

let taken = 0
const picture = (name: string | Buffer): ZipEntry => ({ name, bytes: pictures[taken++ % pictures.length]! })
const zip = (name: string, entries: ZipEntry[]) => world.stand.keep(name, makeZip(entries))

test('folders of a ZIP become labels, and what is not added is said', async () => {
  const { stand, people } = world
  const sent = zip('cats.zip', [
    picture('pictures/黒猫/1.jpg'),
    picture('pictures/黒猫/2.jpg'),
    picture('pictures/dog/1.jpg'),
    { name: '__MACOSX/pictures/dog/._1.jpg', bytes: Buffer.from('x') },
    { name: 'pictures/dog/notes.txt', bytes: Buffer.from('notes') },
    { ...picture('pictures/dog/2.jpg'), flags: 1 },
    { name: 'pictures/dog/more.zip', bytes: makeZip([]) },
  ])
  const added = stand.command(people.teacher, 'import', {}, [sent])
  const text = await stand.textOf(added, /Added/)
  assert.match(text, /Added 3 pictures to 2 labels/)
  assert.match(text, /Skipped 1 entry in folders/)
  assert.match(text, /Skipped 3 files\./)
  const details = await stand.textOf(stand.press(people.teacher, added.message!, 'Details'), /黒猫/)
  assert.match(details, /notes\.txt/)
  assert.match(details, /It has a password/)
  assert.match(details, /I don’t open archives in a ZIP/)
  assert.match(await stand.textOf(stand.press(people.teacher, added.message!, 'Undo')), /removed 3 pictures/)
})

test('of many files that are no pictures, every reason is said', async () => {
  const { stand, people } = world
  const notes = Array.from({ length: 30 }, (_, i) => ({ name: `fish/note-${i}.txt`, bytes: Buffer.from(`note ${i}`) }))
  const sent = zip('notes.zip', [picture('fish/1.jpg'), ...notes, { ...picture('fish/2.jpg'), crc: 1 }])
  const added = stand.command(people.teacher, 'import', {}, [sent])
  assert.match(await stand.textOf(added, /Added/), /Skipped 31 files\./)
  const details = await stand.textOf(stand.press(people.teacher, added.message!, 'Details'), /note-0/)
  assert.match(details, /note-2\.txt\*\* … and 27 more/)
  assert.match(details, /It is damaged in the ZIP/)
})

test('label takes all that is in a ZIP', async () => {
  const { stand, people } = world
  const sent = zip('owls.zip', [picture('1.jpg'), picture('deep/2.jpg')])
  const added = stand.command(people.teacher, 'label', { label: 'owl' }, [sent])
  assert.match(await stand.textOf(added, /Added/), /Added 2 pictures to \*\*owl\*\*/)
  assert.match(added.message!.text, /They came from 2 folders\. To take folders as labels: .*import/)
})

test('who may not teach, and what is no ZIP of labels, is refused in words', async () => {
  const { stand, people } = world
  assert.equal(stand.isShown(people.member, 'import'), false)
  const refusals: [ZipEntry[] | Buffer, RegExp][] = [
    [Buffer.from('not a ZIP at all'), /I can’t read this ZIP/],
    [[picture('1.jpg'), picture('2.jpg')], /no folders to take labels from/],
    [[], /no pictures in this ZIP/],
    [
      Array.from({ length: 5 }, (_, i) => ({ name: `a/${i}.jpg`, bytes: Buffer.alloc(2 ** 20), isDeflated: true })),
      /unpacks to far more/,
    ],
  ]
  for (const [content, expected] of refusals) {
    const sent = Buffer.isBuffer(content) ? stand.keep('bad.zip', content) : zip('bad.zip', content)
    await stand.textOf(stand.command(people.teacher, 'import', {}, [sent]), expected)
  }
})

test('in Japanese', async () => {
  const { stand, people } = world
  const teacher = { ...people.teacher, locale: 'ja' }
  // 表/猫.jpg in CP932
  const name = Buffer.from([0x95, 0x5c, 0x2f, 0x94, 0x4c, 0x2e, 0x6a, 0x70, 0x67])
  const sent = zip('neko.zip', [picture(name), { name: Buffer.from('a.txt'), bytes: Buffer.from('x') }])
  const text = await stand.textOf(stand.command(teacher, 'import', {}, [sent]), /登録しました/)
  assert.match(text, /1個のラベルに1枚を登録しました/)
  assert.match(text, /1件を飛ばしました/)
  await stand.textOf(
    stand.command(teacher, 'import', {}, [stand.keep('x.zip', Buffer.alloc(9))]),
    /このZIPは読み取れません/,
  )
})
