import { Hono } from 'hono'
import { z } from 'zod'
import { UserError } from '../../errors.ts'
import { requireAccessOf, visitorOf } from '../auth/authenticate.ts'
import type { ServerNames, WebContext, WebEnv } from '../context.ts'
import { readJson } from '../server/json-body.ts'

/** Discord's limit for one question. */
const MAX_PEOPLE = 100

const Body = z.strictObject({ people: z.array(z.string().regex(/^\d{1,20}$/)).max(MAX_PEOPLE) })

const NOTHING: ServerNames = { channels: [], roles: [], people: [] }

/** What the channels, roles and people of a server are called, for those who manage or review there. */
export const nameRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>().post('/:server/:dataset/names', async (c) => {
    const visitor = await visitorOf(web, c)
    requireAccessOf(visitor)('reviewer')
    const given = Body.safeParse(await readJson(c.req.raw))
    if (!given.success)
      throw new UserError('option.invalid', `Expected at most ${MAX_PEOPLE} ids of people`, { option: 'people' })
    const names = await web.access.namesIn?.(visitor.server, given.data.people)
    return c.json(names ?? NOTHING)
  })
