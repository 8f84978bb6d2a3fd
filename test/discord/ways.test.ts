// Every way in which people show a picture or call the bot; what cannot be looked at says why, once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { PermissionFlagsBits } from 'discord.js'
import type { Attachment, Channel, Message } from '../support/discord/entities.ts'
import { snowflake } from '../support/discord/entities.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
let watched: Channel
let roleId: string
before(async () => {
  world = await openWorld()
  const { guild, people, stand, runTrainingJob } = world
  roleId = snowflake()
  const permissions = String(PermissionFlagsBits.SendMessagesInThreads)
  guild.roles.push({ id: roleId, name: 'mekiki', permissions, tags: { bot_id: stand.bot.id } })
  guild.members.find(({ user }) => user.id === stand.bot.id)?.roles.push(roleId)
  await world.start()
  await runTrainingJob(people.teacher, ['Akari', 'Botan'], 8)
  watched = guild.channels[1]!
  await stand.textOf(stand.command(people.manager, 'settings', { watch: watched.id }), /I’ll now answer pictures/)
})
after(async () => assert.deepEqual(await world.close(), []))

const ANSWER = /\*\*(Akari|Botan)\*\* · \d+ %|Probably \*\*(Akari|Botan)\*\*|I don’t recognize this/

const repliesTo = (message: Message): Message[] =>
  world.stand.said.filter(
    (m) => (m.message_reference as { message_id?: string } | undefined)?.message_id === message.id,
  )

async function isAnswered(message: Message, what = ANSWER): Promise<void> {
  assert.match((await world.stand.replyTo(message)).text, what)
}

/** That nothing comes cannot be waited for: a second is longer than every answer here takes. */
async function staysQuiet(...messages: Message[]): Promise<void> {
  await sleep(1_200)
  for (const message of messages)
    assert.deepEqual(
      repliesTo(message).map(({ text }) => text),
      [],
    )
}

const picture = async (k: number): Promise<Attachment> => (await world.pictures('Akari', k, k + 1))[0]!
const replyTo = ({ id, channel_id }: Message, type = 0) => ({
  message_reference: { message_id: id, channel_id, type },
  type: 19,
})

test('files without a type or with a rare ending are looked at: the bytes decide', async () => {
  const { people, stand } = world
  const file = await picture(20)
  const { content_type: _, ...untyped } = file
  const kinds = [
    { ...untyped, filename: 'picture.jfif' },
    { ...file, filename: 'picture', content_type: 'application/octet-stream' },
    { ...untyped, filename: 'picture.pjpeg' },
  ] as Attachment[]
  for (const kind of kinds) await isAnswered(stand.post({ ...people.member, channel: watched }, '', [kind]))
  const archive = { ...untyped, filename: 'notes.tar' } as Attachment
  await staysQuiet(stand.post({ ...people.member, channel: watched }, '', [archive]))
})

test('a forwarded picture is answered, in a watched channel and by mention', async () => {
  const { people, stand } = world
  const message = { content: '', attachments: [await picture(21)], embeds: [], type: 0, flags: 0 }
  const more = {
    message_reference: { message_id: snowflake(), channel_id: snowflake(), type: 1 },
    message_snapshots: [{ message: { ...message, timestamp: new Date().toISOString(), mentions: [] } }],
  }
  await isAnswered(stand.post({ ...people.member, channel: watched }, '', [], more))
  await isAnswered(stand.post(people.member, `<@${stand.bot.id}>`, [], more))
})

test('a link is answered once Discord has opened it; one that it serves from elsewhere is not', async () => {
  const { people, stand } = world
  const file = await picture(22)
  const link = 'https://example.org/akari.png'
  const embeds = [{ type: 'image', url: link, thumbnail: { url: link, proxy_url: file.url, width: 9, height: 9 } }]
  const posted = stand.post({ ...people.member, channel: watched }, link)
  await sleep(300)
  stand.edit(posted, { embeds })
  await isAnswered(posted)
  const called = stand.post(people.member, `<@${stand.bot.id}> ${link}`)
  await sleep(300)
  stand.edit(called, { embeds })
  await isAnswered(called)
  assert.equal(repliesTo(called).length, 1)
  const foreign = [{ type: 'image', url: link, thumbnail: { url: link, proxy_url: 'http://127.0.0.1:9/x.png' } }]
  await isAnswered(
    stand.post(people.member, `<@${stand.bot.id}>`, [], { embeds: foreign }),
    /only take pictures that were uploaded/,
  )
  await isAnswered(stand.post(people.member, `<@${stand.bot.id}> ${link}#unopened`), /shows no picture for that link/)
})

test('an animation from a picker is looked at when somebody asks, and left alone otherwise', async () => {
  const { people, stand } = world
  const { url } = await picture(23)
  const embeds = [
    { type: 'gifv', url: 'https://tenor.com/x', thumbnail: { url: 'https://media.tenor.com/x.png', proxy_url: url } },
  ]
  await staysQuiet(stand.post({ ...people.member, channel: watched }, 'https://tenor.com/x', [], { embeds }))
  await isAnswered(stand.post(people.member, `<@${stand.bot.id}> https://tenor.com/x`, [], { embeds }))
})

test('it is called by its role, by a reply without a mention, by an edit, and in a thread of a watched forum', async () => {
  const { guild, people, stand } = world
  const file = await picture(24)
  await isAnswered(stand.post(people.member, `<@&${roleId}>`, [file], { mention_roles: [roleId] }))
  const answer = await stand.replyTo(stand.post(people.member, `<@${stand.bot.id}>`, [file]))
  const silent = { ...replyTo(answer), referenced_message: answer }
  await isAnswered(stand.post(people.member, '', [await picture(25)], silent))
  const late = stand.post(people.member, 'who is this?', [file])
  stand.edit(late, { content: `<@${stand.bot.id}> who is this?`, mentions: [stand.bot] })
  await isAnswered(late)

  const forum: Channel = {
    id: snowflake(),
    type: 15,
    name: 'forum',
    guild_id: guild.id,
    position: 9,
    permission_overwrites: [],
  }
  guild.channels.push(forum)
  stand.gateway.send('CHANNEL_CREATE', forum)
  await stand.textOf(stand.command(people.manager, 'settings', { watch: forum.id }), /I’ll now answer pictures/)
  const thread: Channel = { id: snowflake(), type: 11, name: 'who', guild_id: guild.id, parent_id: forum.id }
  guild.channels.push(thread)
  const thread_metadata = {
    archived: false,
    auto_archive_duration: 60,
    archive_timestamp: new Date().toISOString(),
    locked: false,
  }
  stand.gateway.send('THREAD_CREATE', {
    ...thread,
    owner_id: people.member.user.id,
    thread_metadata,
    message_count: 0,
    member_count: 1,
  })
  await isAnswered(stand.post({ ...people.member, channel: thread }, '', [file]))
  guild.channels.splice(guild.channels.indexOf(thread), 1)
  guild.channels.splice(guild.channels.indexOf(forum), 1)
})

test('a reply that names it means the picture: of the post, also where the bot’s answer is replied to', async () => {
  const { people, stand } = world
  const posted = stand.post(people.owner, `<@${stand.bot.id}>`, [await picture(26)])
  const answer = await stand.replyTo(posted)
  await isAnswered(stand.post(people.member, `<@${stand.bot.id}> really?`, [], replyTo(answer)))
})

test('what cannot be looked at says why, and once a day to one person in one channel', async () => {
  const { people, stand } = world
  const sticker = { sticker_items: [{ id: snowflake(), name: 'wave', format_type: 3 }] }
  const sound: Partial<Attachment> = { content_type: 'audio/ogg', filename: 'voice-message.ogg' }
  const file = await picture(27)
  const kinds: [Partial<Message>, Attachment[], RegExp][] = [
    [sticker, [], /That’s a sticker/],
    [
      { poll: { question: { text: 'who?' }, answers: [], expiry: null, allow_multiselect: false, layout_type: 1 } },
      [],
      /in a poll/,
    ],
    [{ flags: 1 << 13 }, [{ ...file, ...sound }], /a voice message/],
    [{}, [{ ...file, content_type: 'video/mp4', filename: 'clip.mp4' }], /That’s a video/],
    [{}, [{ ...file, content_type: 'audio/mpeg', filename: 'song.mp3' }], /That’s a sound/],
    [
      {},
      [{ ...file, content_type: 'text/plain', filename: 'notes.txt' }],
      /no picture in that file|find a picture in that file/,
    ],
  ]
  for (const [more, files, why] of kinds)
    await isAnswered(stand.post(people.member, `<@${stand.bot.id}>`, files, more), why)
  const again = stand.post(people.member, `<@${stand.bot.id}>`, [], sticker)
  await staysQuiet(again)
  assert.deepEqual(
    stand.reactions.filter((r) => r.message === again.id).map((r) => r.emoji),
    ['🚫'],
  )
  // Somebody else did not hear it, and in a watched channel nobody asked.
  await isAnswered(stand.post(people.teacher, `<@${stand.bot.id}>`, [], sticker), /sticker/)
  const inWatched = kinds.map(([more, files]) => stand.post({ ...people.owner, channel: watched }, '', files, more))
  await staysQuiet(...inWatched)
  const menu = stand.menu(people.member, 'What is this?', stand.post(people.owner, '', [], sticker))
  assert.match(await stand.textOf(menu, /sticker/), /That’s a sticker/)
  const japanese = stand.menu(
    { ...people.member, locale: 'ja' },
    'What is this?',
    stand.post(people.owner, '', [], sticker),
  )
  assert.match(await stand.textOf(japanese, /スタンプ/), /読み取れる画像ファイルがありません/)
})

test('a picture that cannot be read is said once a day in a watched channel', async () => {
  const { stand } = world
  const broken = stand.keep('broken.png', Buffer.from('this is no picture'))
  const who = { guild: world.guild, user: stand.addUser('clumsy', world.guild), channel: watched }
  await isAnswered(stand.post(who, '', [broken]), /can’t read this file/)
  await staysQuiet(stand.post(who, '', [broken]))
})
