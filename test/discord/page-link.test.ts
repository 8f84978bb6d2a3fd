// Answers in the chat lead to the page, where there is one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CALLBACK, PAGE, PAGE_ENV } from '../support/discord/browser.ts'
import type { Message } from '../support/discord/entities.ts'
import { inWorld } from '../support/discord/world.ts'

const linkIn = ({ buttons }: Message) => buttons.find((button) => button.url !== undefined)

test('a button leads from an answer to the page that shows more, in the dataset of the channel and in both languages', async () => {
  await inWorld(async ({ stand, guild, people, start, pictures }) => {
    stand.oauth.redirectUris.push(CALLBACK)
    await start(PAGE_ENV)
    const added = stand.command(people.teacher, 'label', { label: 'Akari & co' }, await pictures('Akari', 0, 2))
    await stand.textOf(added, /Added/)
    assert.deepEqual(
      [linkIn(added.message!)?.label, linkIn(added.message!)?.url],
      ['Open on the page', `${PAGE}/${guild.id}/main/gallery?label=Akari+%26+co`],
    )
    const [, birds] = guild.channels
    await stand.textOf(stand.command(people.manager, 'settings', { dataset: '鳥 1', for: birds!.id }))
    const there = { ...people.manager, channel: birds!, locale: 'ja' }
    for (const [command, page] of [
      ['stats', 'model'],
      ['labels', 'labels'],
      ['suspects', 'review'],
      ['report', 'review'],
      ['settings', 'manage'],
      ['audit', 'manage'],
    ] as const) {
      const asked = stand.command(there, command)
      await stand.textOf(asked)
      const link = linkIn(asked.message!)
      assert.equal(link?.label, 'ページで開く', command)
      assert.equal(link?.url, `${PAGE}/${guild.id}/${encodeURIComponent('鳥 1')}/${page}`)
    }
    const help = stand.command(people.member, 'help')
    await stand.textOf(help)
    assert.equal(linkIn(help.message!), undefined)
  })
})

test('without a page, and where an address would be too long for Discord, there is no button', async () => {
  await inWorld(async ({ stand, guild, people, start, bots }) => {
    await start()
    const without = stand.command(people.manager, 'labels')
    await stand.textOf(without)
    assert.equal(linkIn(without.message!), undefined)
    await bots[0]!.stop()
    await start(PAGE_ENV)
    const [, birds] = guild.channels
    await stand.textOf(stand.command(people.manager, 'settings', { dataset: '鳥'.repeat(80), for: birds!.id }))
    const long = stand.command({ ...people.manager, channel: birds! }, 'labels')
    await stand.textOf(long)
    assert.equal(linkIn(long.message!), undefined)
  })
})
