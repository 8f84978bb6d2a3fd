import { Hono } from 'hono'
import { z } from 'zod'
import { describeDatasets } from '../../db/dataset-changes.ts'
import { UserError } from '../../errors.ts'
import { ACCESS, type Access, isAllowed } from '../../services/permissions.ts'
import { LOCAL } from '../auth/authenticate.ts'
import type { Session, Visitor, WebContext, WebEnv } from '../context.ts'
import { readJson } from '../server/json-body.ts'

const Token = z.object({ name: z.string().trim().min(1).max(100) })

/** Who is logged in, what they may look at, and the tokens that they gave to scripts. */
export const meRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/me', async (c) => c.json(await describeMe(web, c.get('session'))))
    .get('/tokens', async (c) => c.json({ sessions: await web.sessions.list(c.get('session').person) }))
    .post('/tokens', async (c) => {
      const { person, kind } = c.get('session')
      const given = Token.safeParse(await readJson(c.req.raw))
      if (!given.success) throw new UserError('option.invalid', 'Expected a name for the token', { option: 'name' })
      if (kind !== 'browser') throw new UserError('web.no-access', 'Expected a browser, received a script with a token')
      return c.json({ token: await web.sessions.open({ person, name: given.data.name, kind: 'token' }) })
    })
    .delete('/tokens', async (c) => {
      await web.sessions.endAllOf(c.get('session').person)
      return c.json({})
    })
    .delete('/tokens/:id', async (c) => {
      const id = Number(c.req.param('id'))
      const ended = Number.isSafeInteger(id) && (await web.sessions.end(id, c.get('session').person))
      if (!ended) throw new UserError('web.nothing', 'Expected a token of this person, received another')
      return c.json({})
    })

/** What somebody may do in a server; the page leaves out what they may not. */
const accessOf = ({ isOperator, settings, person }: Omit<Visitor, 'language'>): Access[] =>
  ACCESS.filter((access) => isOperator || isAllowed(settings, person, access))

async function describeMe(web: WebContext, session: Session) {
  const { kind } = web.access
  const servers = await web.access.serversOf(session)
  const described = servers.map(async ({ id, name }) => {
    const server = id === LOCAL ? '' : id
    const visitor = await web.access.visitorIn(session, server)
    return { id, name, access: visitor ? accessOf(visitor) : [], datasets: await describeDatasets(web.app.db, server) }
  })
  return {
    kind,
    person: session.person,
    name: session.name,
    isOperator: web.access.isOperator(session),
    servers: await Promise.all(described),
  }
}
