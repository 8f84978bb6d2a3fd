// The network that reads pictures, chosen in the chat: offered after a training, by button and by command, and what goes wrong.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openApp } from '../support/app.ts'
import type { StandIn } from '../support/discord/stand-in.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { makePhotograph } from '../support/photographs.ts'
import { addPhotosStandIn } from '../support/photos-stand-in.ts'
import { until } from '../support/until.ts'

/** Every address but this machine's is asked of a proxy that nobody runs: there is no network. */
const OFFLINE = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' }
const EACH = 6

let world: World
before(async () => {
  world = await openWorld()
  await world.start(OFFLINE)
  const { stand, people } = world
  for (const [hue, label] of ['red', 'green'].entries()) {
    const files = Array.from({ length: EACH }, (_, k) => makePhotograph([hue], k))
    const uploads = (await Promise.all(files)).map((bytes, k) => stand.keep(`${label}-${k}.jpg`, bytes))
    await stand.textOf(stand.command(people.teacher, 'label', { label }, uploads), /Added 6 pictures/)
  }
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /Training: by hand/)
})
after(async () => assert.deepEqual(await world.close(), []))

const buttonsOf = (from: ReturnType<StandIn['command']>): (string | undefined)[] =>
  from.message?.buttons.map((c) => c.label) ?? []

test('after a training on photographs everybody is told, and only a manager gets a button', async () => {
  const { stand, people } = world
  const byTeacher = stand.command(people.teacher, 'train')
  assert.match(await stand.textOf(byTeacher, /Learned/), /look like photographs.*\(4\.1 MB\)/)
  assert.deepEqual(
    buttonsOf(byTeacher).filter((label) => label === 'Add it'),
    [],
  )
  const japanese = stand.command({ ...people.manager, locale: 'ja' }, 'train')
  assert.match(await stand.textOf(japanese, /学習しました/), /写真が多いようです.*4\.1 MB.*\/バックボーン/)
  assert.ok(buttonsOf(japanese).includes('追加する'))
  const byManager = stand.command(people.manager, 'train')
  await stand.textOf(byManager, /Learned/)
  assert.ok(buttonsOf(byManager).includes('Add it'))
  // The button is in a message that all see.
  assert.match(await stand.textOf(stand.press(people.teacher, byManager.message!, 'Add it')), /Only server managers/)
})

test('without a network it says so in plain words, and everything stays as it was', async () => {
  const { stand, people } = world
  const asked = stand.command(people.manager, 'backbone', { pictures: 'photographs' })
  assert.match(await stand.textOf(asked), /couldn’t download the network\. Nothing has changed/)
  const japanese = stand.command({ ...people.manager, locale: 'ja' }, 'backbone', { pictures: 'both' })
  assert.match(await stand.textOf(japanese), /ダウンロードできませんでした。何も変わっていません/)
  const same = stand.command(people.manager, 'backbone', { pictures: 'drawings' })
  assert.match(await stand.textOf(same), /I use the network for drawings already/)
  assert.doesNotMatch(await stand.textOf(stand.command(people.manager, 'audit')), /backbone/)
})

test('the button brings both networks, the next version is trained with them, and it goes back', async () => {
  const { stand, people, home } = world
  const app = await openApp(home)
  await addPhotosStandIn(app.db, join(world.root, 'stand-in'))
  await app.close()
  const trained = stand.command(people.manager, 'train')
  await stand.textOf(trained, /Learned/)
  const pressed = stand.press(people.manager, trained.message!, 'Add it')
  const text = await stand.textOf(pressed, /From the next version on/)
  assert.match(text, /two networks together.*It takes a training/s)
  const next = stand.press(people.manager, pressed.message!, 'Train now')
  const told = await stand.textOf(next, /Learned/)
  assert.doesNotMatch(told, /look like photographs/)
  assert.match(
    await stand.textOf(stand.command(people.manager, 'audit')),
    /changed the network that reads pictures .*\+photos@/,
  )
  const [picture] = [stand.keep('asked.jpg', await makePhotograph([0], 99))]
  assert.match(await stand.textOf(stand.command(people.member, 'predict', {}, [picture])), /red/)

  const back = stand.command({ ...people.manager, locale: 'ja' }, 'backbone', { pictures: 'drawings' })
  assert.match(await stand.textOf(back), /イラスト用のネットワークを使います/)
})

test('where training is automatic it follows by itself', async () => {
  const { stand, people } = world
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'at-once' }), /Training: by itself/)
  const asked = stand.command(people.manager, 'backbone', { pictures: 'both' })
  assert.match(await stand.textOf(asked), /I’ll train it in a moment/)
  assert.deepEqual(buttonsOf(asked), [])
  const [bot] = world.bots
  await until(
    () => bot?.logs.some((line) => 'retrained' in line) ?? false,
    () => `not trained: ${bot?.text()}`,
  )
  assert.ok(asked.message!.text.length > 0)
})

test('what the operator does not offer is not there to choose, and old buttons say so', async () => {
  await world.bots.at(-1)!.stop()
  await world.start({ ...OFFLINE, CHAT_BACKBONES: 'mobilenet-v2-mid-b13' })
  const { stand, guild, people } = world
  const choices = () =>
    stand.registered
      .of(guild)
      .find((c) => c.name === 'backbone')
      ?.options?.flatMap((o) => Object(o).choices ?? [])
  await until(
    () =>
      choices()
        ?.map((c) => c.value)
        .join() === 'drawings',
    () => JSON.stringify(choices()),
  )
  const custom_id = `do|${JSON.stringify(['backbone', { pictures: 'both' }])}`
  const message = stand.sentBefore(guild.channels[0]!, [{ type: 2, custom_id, label: 'Add it' }])
  assert.match(
    await stand.textOf(stand.press(people.manager, message, 'Add it')),
    /operator doesn’t offer that network/,
  )
  const trained = stand.command(people.manager, 'train')
  await stand.textOf(trained, /Learned/)
  assert.ok(!buttonsOf(trained).includes('Add it'))
  await world.bots.at(-1)!.stop()
  await world.start({ ...OFFLINE, CHAT_BACKBONES: 'birds' })
  await until(
    () => choices() === undefined,
    () => 'there is something to choose',
  )
})
