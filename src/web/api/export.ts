import { ServerResponse } from 'node:http'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { requireDataset } from '../../db/datasets.ts'
import { UserError } from '../../errors.ts'
import { folderNames } from '../../files/folder-names.ts'
import { ConcurrencyLimit } from '../../services/concurrency-limit.ts'
import { exportAsZip } from '../../services/export/export-as-zip.ts'
import { findSession, requireAccessOf, visitorOf } from '../auth/authenticate.ts'
import type { Visitor, WebContext, WebEnv } from '../context.ts'

/** Downloads of one person at once: each reads the database for as long as their line takes. */
const DOWNLOADS_AT_ONCE = 2
/** Whoever loses their rights gets at most so many bytes more. */
const CHECK_BYTES = 16 * 2 ** 20

/** A dataset as one ZIP that `import` reads, made while it is sent, for whoever may export. */
export function exportRoutes(web: WebContext): Hono<WebEnv> {
  const limit = new ConcurrencyLimit(DOWNLOADS_AT_ONCE)
  return new Hono<WebEnv>().get('/:server/:dataset/export.zip', async (c) => {
    const name = c.req.param('dataset')
    const { seesAll, person, server } = await exporter(web, c)
    const { id } = await requireDataset(web.app.db, server, name)
    const headers = { 'content-type': 'application/zip', 'content-disposition': disposition(`mekiki-${name}`) }
    // Nobody would read it to the end.
    if (c.req.method === 'HEAD') return c.body(null, { headers })
    const leave = limit.enter(person.id)
    const zip = whileAllowed(exportAsZip(web.app, id, { seesAll, withClassifier: true }), () => exporter(web, c))
    return c.body(toStream(zip, { onEnd: leave, onError: (error) => breakOff(web, c, error) }), { headers })
  })
}

/** Somebody who may export. Throws UserError web.not-logged-in, web.nothing, access.denied */
async function exporter(web: WebContext, c: Context<WebEnv>): Promise<Visitor> {
  if (!(await findSession(web, c))) throw new UserError('web.not-logged-in', 'Expected somebody who is still logged in')
  const visitor = await visitorOf(web, c)
  const command = await web.commands.find('export', 'cli')
  requireAccessOf(visitor)(command?.access ?? 'operator')
  return visitor
}

/** Ends with an error where somebody may no longer have it: then what they got is no ZIP. */
async function* whileAllowed(
  zip: AsyncIterable<Uint8Array>,
  requireAllowed: () => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  let unchecked = 0
  for await (const chunk of zip) {
    yield chunk
    unchecked += chunk.length
    if (unchecked < CHECK_BYTES) continue
    await requireAllowed()
    unchecked = 0
  }
}

type Handlers = { onEnd(): void; onError(error: unknown): void }

/** Makes as much as is read. `onEnd`: called once it is over, however it ends. */
function toStream(chunks: AsyncGenerator<Uint8Array>, { onEnd, onError }: Handlers): ReadableStream<Uint8Array> {
  let isCancelled = false
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        if (isCancelled) return
        if (!done) return controller.enqueue(value)
      } catch (error) {
        if (isCancelled) return
        onError(error)
      }
      onEnd()
      controller.close()
    },
    async cancel() {
      isCancelled = true
      onEnd()
      await chunks.return(undefined)
    },
  })
}

const Connection = z.object({ outgoing: z.instanceof(ServerResponse) })

/** The connection breaks off, so that nobody takes what they got for all of it. */
function breakOff(web: WebContext, c: Context<WebEnv>, err: unknown): void {
  if (err instanceof UserError) web.log.info({ code: err.code }, 'a download was ended')
  else web.log.error({ err }, 'a download broke off')
  Connection.safeParse(c.env).data?.outgoing.destroy()
}

/** A name that every system takes, and for old browsers the same in ASCII (RFC 6266). */
function disposition(name: string): string {
  const safe = folderNames([name]).get(name) ?? 'dataset'
  const ascii = safe.replace(/[^\w .()-]/g, '_')
  return `attachment; filename="${ascii}.zip"; filename*=UTF-8''${encodeURIComponent(safe)}.zip`
}
