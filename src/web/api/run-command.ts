import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Command, CommandEvent } from '../../commands/define.ts'
import { parseOptions } from '../../commands/parse-options.ts'
import { openDataset } from '../../db/datasets.ts'
import { PAGE_ZIP, TERMINAL_ZIP } from '../../files/zip/limits.ts'
import { requireAccessOf } from '../auth/authenticate.ts'
import type { Visitor, WebContext, WebEnv } from '../context.ts'
import { describeFailure } from '../server/errors.ts'
import { wordsOf } from '../words.ts'
import type { GivenFile } from './given-file.ts'
import { type PageResult, toPageResult } from './page-result.ts'
import { watchAccess } from './watch-access.ts'

/** `receive`: takes the body of the request, once it is known that this person may send one. */
export type CommandRequest = {
  visitor: Visitor
  command: Command
  options: Record<string, unknown>
  page: number
  receive?: () => Promise<GivenFile>
}

/** Proxies close what is silent. */
const KEEP_ALIVE_MS = 15_000

/** Runs a command for a visitor; its events one by one where a stream was asked for, otherwise its results together. */
export async function answer(web: WebContext, c: Context<WebEnv>, request: CommandRequest): Promise<Response> {
  const { visitor } = request
  const leave = web.enter?.(visitor)
  const events = leaving(await start(web, c.req.param('dataset') ?? '', request).catch(left(leave)), leave)
  const words = wordsOf(visitor.language)
  // Whoever sends thousands of pictures need not get each of them back (RFC 7240).
  const plain = c.req.header('prefer') === 'return=minimal'
  if (!c.req.header('accept')?.includes('text/event-stream')) {
    const results: PageResult[] = []
    for await (const event of events) if ('result' in event) results.push(toPageResult(event.result, words, { plain }))
    return c.json({ results })
  }
  return streamSSE(c, async (stream) => {
    const silent = setInterval(() => void stream.write(': still at work\n\n'), KEEP_ALIVE_MS)
    const watched = { session: c.get('session'), server: visitor.server, access: request.command.access }
    const endWatch = watchAccess(web, watched, async (error) => {
      await send(stream, 'error', describeFailure(web, error, visitor.language))
      stream.abort()
      await stream.close()
    })
    try {
      for await (const event of events)
        if ('result' in event) await send(stream, 'result', toPageResult(event.result, words, { plain }))
        else await send(stream, 'progress', event)
    } catch (error) {
      await send(stream, 'error', describeFailure(web, error, visitor.language))
    } finally {
      endWatch()
      clearInterval(silent)
    }
    await send(stream, 'end', {})
  })
}

/** The same events; after the last one, or a failure, the next of this person may begin. */
async function* leaving(events: AsyncIterable<CommandEvent>, leave: (() => void) | undefined) {
  try {
    yield* events
  } finally {
    leave?.()
  }
}

/** Gives a turn back that came to nothing. */
const left =
  (leave: (() => void) | undefined) =>
  (error: unknown): never => {
    leave?.()
    throw error
  }

/** Whoever goes away does not stop what was begun. */
async function send(stream: SSEStreamingApi, event: string, data: unknown): Promise<void> {
  if (!stream.aborted) await stream.writeSSE({ event, data: JSON.stringify(data) })
}

/** Throws UserError access.denied, busy.*, dataset.*, option.invalid, web.too-large, web.too-slow, web.aborted */
export async function start(
  web: WebContext,
  name: string,
  request: CommandRequest,
): Promise<AsyncIterable<CommandEvent>> {
  const { visitor, command, receive } = request
  const { server } = visitor
  requireAccessOf(visitor)(command.access)
  await web.spend?.(visitor, { kind: receive ? 'pictures' : command.name, amount: 1 })
  const dataset = await openDataset(web.app.db, { server, name, create: command.createsDataset ?? false })
  const file = await receive?.()
  return run(web, { ...request, dataset, file })
}

type Run = CommandRequest & { dataset: number; file: GivenFile | undefined }

async function* run(web: WebContext, { visitor, command, options, page, dataset, file }: Run) {
  const { app, commands } = web
  const { server, person, language, seesAll, isOperator } = visitor
  const spend = (pictures: number) => web.spend?.(visitor, { kind: 'zip', amount: pictures })
  try {
    yield* command.run({
      app,
      commands,
      server,
      dataset,
      by: person.id,
      language,
      screen: {
        page,
        seesAll,
        waitForPictures: async (pictures) => spend(pictures),
        zipLimits: isOperator ? TERMINAL_ZIP : PAGE_ZIP,
      },
      options: withFile(command, options, file),
      requireAccess: requireAccessOf(visitor),
    })
  } finally {
    await file?.remove()
  }
}

function withFile(command: Command, options: Record<string, unknown>, file?: GivenFile): Record<string, unknown> {
  const given = file?.isUpload ? { ...options, [file.option]: file.source } : options
  return parseOptions(command, given, { frontEnd: 'web', pictures: file && !file.isUpload ? [file.source] : [] })
}
