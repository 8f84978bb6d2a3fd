// Who is whom on servers that a process has no connection to: asked of Discord by REST.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { joinServers } from '../../src/db/servers.ts'
import { RemoteDiscord } from '../../src/discord/calls/remote-client.ts'
import { requestLimitOf } from '../../src/discord/request-limit.ts'
import { RestMembers } from '../../src/discord/rest-members.ts'
import { makeDatabase } from '../support/database.ts'
import { StandIn, TOKEN } from '../support/discord/stand-in.ts'

test('members, their rights and names are what Discord says; who is elsewhere is nobody', async () => {
  const { db } = await makeDatabase()
  const stand = await StandIn.start()
  after(() => stand.stop())
  const guild = stand.addGuild('cats')
  const manager = stand.addUser('manager', guild, 'managers')
  const member = stand.addUser('member', guild)
  const stranger = stand.addUser('stranger')
  await joinServers(db, [guild.id])
  const access = { token: TOKEN, api: `http://${stand.host}/api` }
  const remote = RemoteDiscord.open(access, requestLimitOf(db))
  const members = new RestMembers(db, remote)
  await assert.rejects(members.find(guild.id, manager.id), { code: 'discord.starting' })
  await remote

  assert.equal(members.application, stand.bot.id)
  assert.deepEqual(await members.serversAmong([guild.id, '1']), [{ id: guild.id, name: 'cats' }])
  const rights = async (person: { id: string }) => {
    const found = await members.find(guild.id, person.id)
    return found && [found.managesMessages, found.managesServer, found.ownsServer]
  }
  assert.deepEqual(await rights(manager), [true, true, false])
  assert.deepEqual(await rights(member), [false, false, false])
  assert.deepEqual(await rights(guild.owner), [true, true, true])
  assert.equal(await rights(stranger), undefined)
  assert.equal(await members.find('1', member.id), undefined)
  const { channels, roles, people } = await members.namesIn(guild.id, [member.id, stranger.id])
  assert.ok(channels.some(({ name }) => name === 'general'))
  assert.ok(roles.some(({ name }) => name === 'teachers'))
  assert.deepEqual(people, [{ id: member.id, name: 'member' }])
  // A minute later at the latest, and not for every question.
  const asked = stand.calls.length
  await members.find(guild.id, manager.id)
  assert.equal(stand.calls.length, asked)
  assert.deepEqual(stand.complaints, [])
})
