// Somebody who loses their rights while something long goes on hears no more of it; what was begun goes on.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import { type Command, defineCommand, result } from '../../../src/commands/define.ts'
import { Blocks } from '../../../src/services/blocks.ts'
import type { MemberDirectory } from '../../../src/services/member-directory.ts'
import type { Member } from '../../../src/services/permissions.ts'
import { SettingsCache } from '../../../src/services/settings-cache.ts'
import { openDiscordAccess } from '../../../src/web/auth/discord.ts'
import { openSessions } from '../../../src/web/auth/sessions.ts'
import type { WebContext } from '../../../src/web/context.ts'
import { listen } from '../../../src/web/server/listen.ts'
import { openSite } from '../../../src/web/server/site.ts'
import { openApp } from '../../support/app.ts'

const ORIGIN = 'http://127.0.0.1'
const [SERVER, PERSON] = ['10', '20']

/** A command that tells its progress, and goes on when the test says so. */
function makeSlowCommand() {
  const go = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const command = defineCommand({
    ...{ name: 'slow', summary: 'takes long', access: 'manager', createsDataset: true, options: {}, examples: [] },
    async *run() {
      yield { of: 'pictures', done: 1 }
      await go.promise
      yield result('undone', { removed: 7 })
      ended.resolve()
    },
  })
  return { command, go: go.resolve, ended: ended.promise }
}

/** Members as Discord has them now. */
class Directory implements MemberDirectory {
  readonly application = '1'
  manages = true
  private readonly listeners = new Set<(server: string, person?: string) => void>()
  serversAmong = async (ids: readonly string[]) => ids.map((id) => ({ id, name: 'cats' }))
  namesIn = async () => ({ channels: [], roles: [], people: [] })
  async find(_server: string, id: string): Promise<Member> {
    return { id, roles: [], managesMessages: false, managesServer: this.manages, ownsServer: false }
  }
  onChanged(listener: (server: string, person?: string) => void) {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  tell(person?: string): void {
    for (const listener of this.listeners) listener(SERVER, person)
  }
  get watched(): number {
    return this.listeners.size
  }
}

const home = mkdtempSync(join(tmpdir(), 'mekiki-rights-'))
let site: Awaited<ReturnType<typeof open>>
before(async () => {
  site = await open()
})
after(async () => {
  await site.close()
  rmSync(home, { recursive: true, force: true })
})

async function open() {
  const app = await openApp(home)
  const settings = new SettingsCache(app, () => {})
  const blocks = new Blocks(app)
  const members = new Directory()
  const { ttlStore } = app
  const login = { clientId: '1', clientSecret: 's', redirectUri: '', api: undefined }
  const access = openDiscordAccess({ members, settings, blocks, ttlStore, operators: [], login })
  const sessions = openSessions(app.db)
  const state: { command?: Command } = {}
  const commands = { find: async () => state.command, listFor: async () => [] }
  const origins: string[] = []
  const web: WebContext = { app, commands, log: pino({ level: 'silent' }), origins, sessions, access }
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    open(port) {
      origins.push(`${ORIGIN}:${port}`)
      return openSite(web)
    },
  })
  return {
    ...{ members, sessions, state },
    async stream(secret: string): Promise<Response> {
      const headers = { authorization: `Bearer ${secret}`, accept: 'text/event-stream' }
      return fetch(`${origins[0]}/api/${SERVER}/main/slow`, { method: 'POST', headers, body: '{}' })
    },
    async close() {
      await listening.close()
      await settings.close()
      await app.close()
    },
  }
}

for (const [what, lose, code] of [
  [
    'loses a role',
    async () => {
      site.members.manages = false
      site.members.tell(PERSON)
    },
    'access.denied',
  ],
  ['ends the session elsewhere', async () => site.sessions.endAllOf(PERSON), 'web.not-logged-in'],
] as const)
  test(`whoever ${what} hears no more, and what was begun goes on`, async () => {
    const slow = makeSlowCommand()
    site.state.command = slow.command
    site.members.manages = true
    const secret = await site.sessions.open({ person: PERSON, name: 'Anna', kind: 'browser' })
    const response = await site.stream(secret)
    assert.equal(response.status, 200)
    const text = response.text()
    // Something that concerns others, or changes nothing, ends nothing.
    site.members.tell('30')
    site.members.tell(PERSON)
    await lose()
    const said = await text
    assert.match(said, /event: progress/)
    assert.match(said, new RegExp(`event: error\\ndata: .*"code":"${code}"`))
    assert.doesNotMatch(said, /event: result/)
    slow.go()
    await slow.ended
    assert.equal(site.members.watched, 0, 'nothing is left behind')
  })

test('whoever keeps their rights hears the end', async () => {
  const slow = makeSlowCommand()
  site.state.command = slow.command
  site.members.manages = true
  const response = await site.stream(await site.sessions.open({ person: PERSON, name: 'Anna', kind: 'browser' }))
  const text = response.text()
  site.members.tell(PERSON)
  slow.go()
  assert.match(await text, /event: result[\s\S]*event: end/)
  assert.equal(site.members.watched, 0)
})
