import type { App } from '../../src/app.ts'
import { type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { choice, number, text } from '../../src/commands/options.ts'
import { readServeConfig, readServerLimits } from '../../src/config.ts'
import { block, listBlocks, unblock } from '../../src/db/blocks.ts'
import { setLimits } from '../../src/db/server-limits.ts'
import { listServers } from '../../src/db/server-list.ts'
import { UserError } from '../../src/errors.ts'
import { parseServer } from '../shared/requested-person.ts'

const ACTIONS = ['list', 'leave', 'block', 'unblock', 'limit'] as const

export default defineCommand({
  name: 'servers',
  summary: 'list the servers with what they have, leave or block one, or limit what it may have',
  access: 'operator',
  frontEnds: ['cli', 'web'],
  options: {
    action: choice('what to do', ACTIONS, { fallback: 'list' }),
    id: text('the Discord id of the server', { optional: true }),
    pictures: number('for limit: how many pictures it may have; 0: as many as other servers', {
      optional: true,
      named: true,
      min: 0,
    }),
    labels: number('for limit: how many labels it may have; 0: as many as other servers', {
      optional: true,
      named: true,
      min: 0,
    }),
  },
  examples: ['servers', 'servers limit 140000000000000001 --pictures 5000', 'servers block 140000000000000001'],
  async *run({ app, by, options: { action, id, pictures, labels } }) {
    if (action === 'list') return yield* list(app)
    const server = parseServer(id, action)
    if (action === 'limit') return yield* limit(app, { server, by, pictures, labels })
    if (action === 'unblock') {
      const changed = await unblock(app.db, { kind: 'server', id: server, by })
      return yield result('blockChanged', { kind: 'server', id: server, blocked: false, changed, left: null })
    }
    // Loaded where Discord is asked: other commands start sooner.
    const { leaveServer } = await import('../../src/services/servers.ts')
    if (action === 'leave') {
      const left = await leaveServer(app, { server, by })
      return yield result('serverLeft', { server, left, graceDays: readServeConfig().graceDays })
    }
    const changed = await block(app.db, { kind: 'server', id: server, by })
    // Without a token the bot itself leaves it when it runs next.
    const left = readServeConfig().token ? await leaveServer(app, { server, by }) : null
    yield result('blockChanged', { kind: 'server', id: server, blocked: true, changed, left })
  },
})

async function* list(app: App): AsyncGenerator<CommandEvent> {
  const { askServers } = await import('../../src/services/servers.ts')
  // What is stored is listed, too, where Discord cannot be asked.
  const known = await askServers().catch((error: unknown) => {
    if (error instanceof UserError) return error.message
    throw error
  })
  const blocked = new Set((await listBlocks(app.db, 'server')).map((b) => b.id))
  const servers = []
  for await (const server of listServers(app.db)) {
    const { name = null, members = null } = (typeof known === 'object' && known.get(server.id)) || {}
    servers.push({ ...server, name, members, isBlocked: blocked.delete(server.id) })
  }
  const { pictures = null, labels = null } = readServerLimits()
  yield result('serverList', {
    servers,
    otherBlocked: [...blocked],
    limits: { pictures, labels },
    problem: typeof known === 'string' ? known : null,
  })
}

type Limiting = { server: string; by: string; pictures: number | undefined; labels: number | undefined }

async function* limit(app: App, { server, by, pictures, labels }: Limiting): AsyncGenerator<CommandEvent> {
  if (pictures === undefined && labels === undefined)
    throw new UserError('servers.no-limit', 'Expected --pictures or --labels, received neither')
  const orDefault = (value: number | undefined) => (value === 0 ? null : value)
  const set = await setLimits(app.db, { server, by, pictures: orDefault(pictures), labels: orDefault(labels) })
  yield result('limitsSet', { server, ...set })
}
