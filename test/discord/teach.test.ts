// Adding pictures and training through the real discord.js, from event to answer.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw, TAUGHT } from '../../demo/characters.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { MAIN } from '../support/mekiki.ts'
import { until } from '../support/until.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  // So that it is the bot that refuses.
  world.stand.registered.openToEverybody(world.guild, 'label', 'train')
})
after(async () => assert.deepEqual(await world.close(), []))

test('what was added is shown, said and can be undone', async () => {
  const { stand, people, pictures } = world
  const files = await pictures('Akari', 0, 3)
  const broken = stand.keep('broken.png', Buffer.from('not a picture at all'))
  const added = stand.command(people.teacher, 'label', { label: ' akari*_* ' }, [...files, files[0]!, broken])
  const text = await stand.textOf(added, /Added/)
  assert.match(text, /Added 3 pictures to \*\*akari\\\*\\_\\\*\*\*/)
  assert.match(text, /1 picture was already there/)
  assert.match(text, /\*\*broken\.png\*\* was skipped: I can’t read this file\. I only read JPEG/)
  assert.equal(added.message!.attachments[0]!.filename, 'added.webp')

  const others = stand.press(people.member, added.message!, 'Undo')
  assert.match(await stand.textOf(others), /Nothing that you added is left to undo/)
  assert.match(await stand.textOf(stand.press(people.teacher, added.message!, 'Undo')), /Undone: removed 3 pictures/)
  assert.match(await stand.textOf(stand.command(people.member, 'labels')), /No labels yet/)
})

test('a command without pictures opens a form with an upload', async () => {
  const { stand, people, pictures } = world
  const form = await stand.answerTo(stand.command(people.teacher, 'label', { label: 'Mio' }))
  assert.equal(form.type, 9)
  const added = stand.submit(people.teacher, form, 'Mio', await pictures('Mio', 0, 2))
  assert.match(await stand.textOf(added), /Added 2 pictures to \*\*Mio\*\*/)
  const refused = stand.submit(people.member, form, 'Mio', await pictures('Mio', 2, 3))
  assert.match(await stand.textOf(refused), /Only teachers can do that/)
})

test('labels that exist are offered with their counts', async () => {
  const { stand, people, pictures } = world
  await stand.textOf(stand.command(people.teacher, 'label', { label: '猫 🐈' }, await pictures('Goro', 0, 2)))
  const choices = async (typed: string) =>
    (await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', typed))).data!.choices
  assert.deepEqual(await choices('猫'), [{ name: '猫 🐈 (2)', value: '猫 🐈' }])
  assert.deepEqual(await choices('zz'), [])
  assert.equal(((await choices('')) as object[]).length, 2)
})

test('labels are renamed, merged and deleted, by teachers only', async () => {
  const { stand, people, pictures } = world
  const labels = (who: typeof people.teacher, options: object) =>
    stand.textOf(stand.command(who, 'labels', options as Record<string, unknown>))
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'Emii' }, await pictures('Emi', 0, 2)))
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'Emi' }, await pictures('Emi', 2, 4)))
  assert.match(await labels(people.teacher, { action: 'merge', label: 'Emii', to: 'Emi' }), /2 pictures moved/)
  assert.match(await labels(people.teacher, { action: 'rename', label: 'Emi', to: 'EMI' }), /called \*\*EMI\*\*/)
  assert.match(await labels(people.teacher, { action: 'rename', label: 'EMI' }), /Something is missing/)
  assert.match(await labels(people.teacher, { action: 'delete', label: 'nobody' }), /no such label/)
  assert.match(
    await stand.textOf(stand.command(people.member, 'labels', { action: 'delete', label: 'EMI' })),
    /Only teachers can do that/,
  )
  const asked = stand.command(people.teacher, 'labels', { action: 'delete', label: 'EMI' })
  assert.match(await stand.textOf(asked), /Delete \*\*EMI\*\* and its 4 pictures\?/)
  assert.match(
    await stand.textOf(stand.press(people.teacher, asked.message!, 'Delete it')),
    /Deleted \*\*EMI\*\* and its 4 pictures/,
  )
})

test('a picture is moved and taken out by showing it', async () => {
  const { stand, people, pictures } = world
  const [picture] = await pictures('Hana', 0, 1)
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'Hanna' }, [picture!]))
  const moved = stand.command(people.teacher, 'relabel', { label: 'Hana' }, [picture!])
  assert.match(await stand.textOf(moved), /Moved 1 picture to \*\*Hana\*\*/)
  const out = stand.command(people.teacher, 'unlabel', { label: 'Hana' }, [picture!])
  assert.match(await stand.textOf(out), /Removed 1 picture\./)
  const again = stand.command(people.teacher, 'unlabel', { label: 'Hana' }, [picture!])
  assert.match(await stand.textOf(again), /was skipped: This picture isn’t under that label/)
})

test('who may not teach is told so, in Japanese too', async () => {
  const { stand, people, pictures } = world
  const who = { ...people.member, locale: 'ja' }
  const refused = stand.command(who, 'label', { label: 'Fuyu' }, await pictures('Fuyu', 0, 1))
  assert.match(await stand.textOf(refused), /この操作には登録担当の権限が必要です/)
})

test('training tells how far it is and what it came to; a second one joins the first', async () => {
  const { stand, people, runTrainingJob } = world
  await runTrainingJob(people.teacher, ['Botan', 'Chika'], 10)
  const all = [people.teacher, people.manager].map((who) => stand.command(who, 'train'))
  const [first, second] = await Promise.all(all.map((one) => stand.textOf(one, /Now active/)))
  assert.equal(first, second)
  assert.match(first!, /Learned\. \*\*\d+ %\*\* right on pictures I had not seen/)
  assert.match(await stand.textOf(stand.command(people.member, 'train')), /Only trainers can do that/)
})

test('a long training tells how far it is', async () => {
  const { stand, guild, people, root, home } = world
  const folder = join(root, 'many')
  for (let k = 0; k < 240; k++) await draw(join(folder, TAUGHT[k % 4]!), TAUGHT[k % 4]!, 100 + k)
  const env = { ...process.env, MEKIKI_HOME: home }
  const imported = spawnSync(process.execPath, [MAIN, 'import', folder, '--server', guild.id], { env })
  assert.equal(imported.status, 0)
  const training = stand.command(people.teacher, 'train')
  const said = await stand.textOf(training, /Looking at pictures … \d+ of \d+|Training … ▰*▱* \d+ %/)
  assert.doesNotMatch(said, /Learned/)
  await stand.textOf(training, /Learned/)
})

const versions = () => world.bots[0]!.logs.filter((l) => l.retrained !== undefined).length

test('it learns after so many pictures, on a schedule, or not by itself', async () => {
  const { stand, people, pictures } = world
  const set = (options: object) =>
    stand.textOf(stand.command(people.manager, 'settings', options as Record<string, unknown>), /Training: /)
  const add = async (from: number, to: number) =>
    stand.textOf(stand.command(people.teacher, 'label', { label: 'Juri' }, await pictures('Juri', from, to)))
  await set({ retraining: 'by-hand' })
  const before = versions()
  await add(0, 3)
  await set({ retraining: 'after', every: 5 })
  await add(3, 4)
  await sleep(5_000)
  assert.equal(versions(), before)
  await add(4, 6)
  await until(
    () => versions() === before + 1,
    () => 'not after five',
  )
  await set({ retraining: 'schedule', schedule: '* * * * * *' })
  await add(6, 7)
  await until(
    () => versions() === before + 2,
    () => 'not on schedule',
  )
  await set({ retraining: 'at-once' })
})

test('it learns by itself when labels stop arriving', async () => {
  const { stand, people, pictures } = world
  const before = versions()
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'Daigo' }, await pictures('Daigo', 0, 5)))
  await until(
    () => versions() > before,
    () => 'it did not',
  )
  assert.equal(versions(), before + 1)
  const listed = stand.command(people.teacher, 'versions')
  assert.match(await stand.textOf(listed), /▸ · \*\*\d+\*\*/)
  assert.ok(listed.message!.text.includes('pictures'))
})

test('training tells what got worse, and what got better again', async () => {
  const { stand, guild, people, pictures } = world
  const channel = guild.channels[1]!
  await stand.textOf(stand.command(people.manager, 'settings', { dataset: 'mixed', for: channel.id }), /mixed/)
  // Somebody of their own: the others have asked for much already.
  const teacher = { ...people.manager, user: stand.addUser('fresh', guild, 'managers'), channel }
  const vandal = { ...teacher, user: stand.addUser('vandal', guild, 'managers') }
  const add = async (who: typeof teacher, label: string, name: string, from: number, to: number) =>
    stand.textOf(stand.command(who, 'label', { label }, await pictures(name, from, to)), /Added/)
  // From everything: otherwise what the vandal adds would be left out.
  const train = async () => {
    const trained = stand.command(teacher, 'train', { robust: 'off' })
    const text = await stand.textOf(trained, /Learned/)
    const more = trained.message!.buttons.find(({ label }) => label === 'Details')
    return more ? `${text}\n${await stand.textOf(stand.press(teacher, trained.message!, 'Details'))}` : text
  }
  await add(teacher, 'Akari', 'Akari', 0, 10)
  await add(teacher, 'Botan', 'Botan', 0, 10)
  assert.doesNotMatch(await train(), /Worse than before/)
  await add(vandal, 'Akari', 'Botan', 20, 30)
  await add(vandal, 'Botan', 'Akari', 20, 30)
  const worse = await train()
  assert.match(worse, /Worse than before.*(Akari|Botan)/s)
  assert.match(worse, /Not active: it is clearly worse/)
  await stand.textOf(stand.command(teacher, 'rollback', { version: '2' }), /Version 2 is now active/)
  const asked = stand.command(teacher, 'withdraw', { teacher: vandal.user.id })
  await stand.textOf(asked, /Leave out all 20 pictures/)
  await stand.textOf(
    stand.press(teacher, asked.message!, 'Withdraw'),
    /Withdrew 20 pictures.*Version 3 was trained without them/s,
  )
  await stand.textOf(stand.command(teacher, 'rollback', { version: '2' }), /Version 2 is now active/)
  assert.match(await train(), /Better than before/)
})
