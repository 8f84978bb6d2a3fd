import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Command, CommandEvent } from '../../commands/define.ts'
import { parseOptions } from '../../commands/parse-options.ts'
import { openDataset } from '../../db/datasets.ts'
import { UserError } from '../../errors.ts'
import { LIMITS } from '../../images/limits.ts'
import type { Source } from '../../images/source.ts'
import { requireAccessOf, visitorOf } from '../auth/authenticate.ts'
import type { Visitor, WebContext, WebEnv } from '../context.ts'
import { readBody } from '../server/body.ts'
import { describeFailure } from '../server/errors.ts'
import { wordsOf } from '../words.ts'
import { checkOptions, isFile, readQuery } from './option-schemas.ts'
import { type PageResult, toPageResult } from './page-result.ts'

/** Of JSON with the options of a command. */
const MAX_JSON_BYTES = 2 ** 20

const PATH = '/:server/:dataset/:command'

/** Every command that the page offers, as one address each: `POST` with options as JSON, `GET` for what only reads, `PUT` for a file. */
export const commandRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get(PATH, async (c) => {
      const command = await commandOf(web, c)
      if (!command.onlyReads) throw new UserError('web.method', `Expected POST for ${command.name}, received GET`)
      const { page, ...query } = c.req.query()
      const options = checkOptions(command, readQuery(command, query))
      return answer(web, c, { command, options, page: Number(page ?? 1) })
    })
    .post(PATH, async (c) => {
      const command = await commandOf(web, c)
      const { page, ...given } = await readJson(c)
      return answer(web, c, { command, options: checkOptions(command, given), page: Number(page ?? 1) })
    })
    .put(PATH, async (c) => {
      const command = await commandOf(web, c)
      const [fileOption] = Object.entries(command.options).find(([, option]) => isFile(option)) ?? []
      if (!fileOption) throw new UserError('web.method', `Expected POST for ${command.name}, received a file`)
      const { name = 'picture', ...query } = c.req.query()
      const options = checkOptions(command, readQuery(command, query))
      const bytes = await readBody(c.req.raw, LIMITS.bytes)
      return answer(web, c, {
        command,
        options,
        file: { option: fileOption, source: { name, read: async () => bytes } },
      })
    })

async function commandOf(web: WebContext, c: Context<WebEnv>): Promise<Command> {
  const name = c.req.param('command') ?? ''
  const command = await web.commands.find(name, 'web')
  if (!command) throw new UserError('web.nothing', `Expected a command that the page offers, received ${name}`)
  return command
}

async function readJson(c: Context<WebEnv>): Promise<Record<string, unknown>> {
  const body = await readBody(c.req.raw, MAX_JSON_BYTES)
  if (body.length === 0) return {}
  try {
    const given: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given }
  } catch {}
  throw new UserError('web.json', 'Expected the options of a command as a JSON object, received something else')
}

type Request = {
  command: Command
  options: Record<string, unknown>
  page?: number
  file?: { option: string; source: Source }
}

/** Runs a command for a visitor; its events one by one where a stream was asked for, otherwise its results together. */
async function answer(web: WebContext, c: Context<WebEnv>, request: Request): Promise<Response> {
  const visitor = await visitorOf(web, c)
  const events = await start(web, visitor, { ...request, dataset: c.req.param('dataset') ?? '' })
  const words = wordsOf(visitor.language)
  if (!c.req.header('accept')?.includes('text/event-stream')) {
    const results: PageResult[] = []
    for await (const event of events) if ('result' in event) results.push(toPageResult(event.result, words))
    return c.json({ results })
  }
  return streamSSE(c, async (stream) => {
    // Whoever goes away does not stop what was begun.
    const send = async (event: string, data: unknown): Promise<void> => {
      if (!stream.aborted) await stream.writeSSE({ event, data: JSON.stringify(data) })
    }
    try {
      for await (const event of events)
        if ('result' in event) await send('result', toPageResult(event.result, words))
        else await send('progress', event)
    } catch (error) {
      await send('error', describeFailure(web, error, visitor.language))
    }
    await send('end', {})
  })
}

/** Throws UserError access.denied, busy.*, dataset.*, option.invalid */
async function start(
  web: WebContext,
  visitor: Visitor,
  { command, options, page = 1, file, dataset: name }: Request & { dataset: string },
): Promise<AsyncIterable<CommandEvent>> {
  const { app, commands } = web
  const { server, person, language, seesAll } = visitor
  const requireAccess = requireAccessOf(visitor)
  requireAccess(command.access)
  await web.spend?.(visitor, { kind: file ? 'pictures' : command.name, amount: 1 })
  const dataset = await openDataset(app.db, { server, name, create: command.createsDataset ?? false })
  return command.run({
    app,
    commands,
    server,
    dataset,
    by: person.id,
    language,
    screen: { page, seesAll },
    options: withFile(command, options, file),
    requireAccess,
  })
}

function withFile(command: Command, options: Record<string, unknown>, file: Request['file']): Record<string, unknown> {
  const isUpload = file && command.options[file.option]?.kind === 'upload'
  const given = isUpload ? { ...options, [file.option]: file.source } : options
  return parseOptions(command, given, { frontEnd: 'web', pictures: file && !isUpload ? [file.source] : [] })
}
