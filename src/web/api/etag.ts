import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { openDataset } from '../../db/datasets.ts'
import { readServerRevision } from '../../db/revisions.ts'
import { readVersion } from '../../version.ts'
import { requireAccessOf } from '../auth/authenticate.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { unlessKnown } from './cached.ts'
import { answer, type CommandRequest } from './run-command.ts'

/** Answers a command that only reads; nothing but 304 where nothing has changed since somebody has seen it. */
export async function answerUnlessKnown(
  web: WebContext,
  c: Context<WebEnv>,
  request: CommandRequest,
): Promise<Response> {
  // Read before the answer is: what changes in between gives another tag the next time.
  const tag = await tagOf(web, c.req.param('dataset') ?? '', request)
  return unlessKnown(c, tag) ?? answer(web, c, request)
}

/** Throws UserError access.denied, dataset.* */
async function tagOf(
  { app }: WebContext,
  name: string,
  { visitor, command, options, page }: CommandRequest,
): Promise<string> {
  requireAccessOf(visitor)(command.access)
  const { server, person, language, seesAll } = visitor
  const dataset = await openDataset(app.db, { server, name, create: command.createsDataset ?? false })
  const revision = await readServerRevision(app.db, server)
  const about = [readVersion(), server, dataset, revision, command.name, options, page, language, seesAll, person.id]
  return createHash('sha256').update(JSON.stringify(about)).digest('base64url')
}
