import { type Context, Hono } from 'hono'
import { type Command, readsOnly } from '../../commands/define.ts'
import { UserError } from '../../errors.ts'
import { visitorOf } from '../auth/authenticate.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { readJson } from '../server/json-body.ts'
import { answerUnlessKnown } from './etag.ts'
import { fileOptionOf, receiveFile } from './given-file.ts'
import { checkOptions, readQuery } from './option-schemas.ts'
import { readPage } from './page-number.ts'
import { answer } from './run-command.ts'

const PATH = '/:server/:dataset/:command'

/** Every command that the page offers, as one address each: `POST` with options as JSON, `GET` for what only reads, `PUT` for a file. */
export const commandRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get(PATH, async (c) => {
      const command = await commandOf(web, c)
      const { page, ...query } = c.req.query()
      const options = checkOptions(command, readQuery(command, query))
      if (!readsOnly(command, options))
        throw new UserError('web.method', `Expected POST for ${command.name}, received GET`)
      const visitor = await visitorOf(web, c)
      return answerUnlessKnown(web, c, { visitor, command, options, page: readPage(page) })
    })
    .post(PATH, async (c) => {
      const command = await commandOf(web, c)
      const { page, ...given } = await readOptions(c)
      const options = checkOptions(command, given)
      return answer(web, c, { visitor: await visitorOf(web, c), command, options, page: readPage(page) })
    })
    .put(PATH, async (c) => {
      const command = await commandOf(web, c)
      const { name = 'picture', page, ...query } = c.req.query()
      const option = fileOptionOf(command)
      const options = checkOptions(command, readQuery(command, query))
      const visitor = await visitorOf(web, c)
      const request = { visitor, command, options, page: readPage(page) }
      return answer(web, c, { ...request, receive: () => receiveFile(c.req.raw, { ...option, name }) })
    })

async function commandOf(web: WebContext, c: Context<WebEnv>): Promise<Command> {
  const name = c.req.param('command') ?? ''
  const command = await web.commands.find(name, 'web')
  if (!command) throw new UserError('web.nothing', `Expected a command that the page offers, received ${name}`)
  return command
}

async function readOptions(c: Context<WebEnv>): Promise<Record<string, unknown>> {
  const given = await readJson(c.req.raw, { whenEmpty: {} })
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given }
  throw new UserError('web.json', 'Expected the options of a command as a JSON object, received something else')
}
