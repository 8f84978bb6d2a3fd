import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { UserError } from '../../errors.ts'
import { createBackup } from '../../services/backup.ts'
import { personAsZip } from '../../services/export/person-as-zip.ts'
import { visitorOf } from '../auth/authenticate.ts'
import type { WebContext, WebEnv } from '../context.ts'

/** Files that are made for whoever asks: everything, for the operator; what is kept of a person, for that person. */
export const downloadRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/backup', async (c) => {
      if (!web.access.isOperator(c.get('session')))
        throw new UserError('access.denied', 'Expected somebody who is operator here, received another', {
          access: 'operator',
        })
      const day = new Date().toISOString().slice(0, 10)
      return sendMade(c, `mekiki-backup-${day}.sqlite`, async (file) => void (await createBackup(web.app, file)))
    })
    .get('/:server/:dataset/my-data', async (c) => {
      const { server, person } = await visitorOf(web, c)
      sendAs(c, 'my-data.zip')
      return c.body(Readable.toWeb(Readable.from(personAsZip(web.app, { by: person.id, server }))) as ReadableStream)
    })

/** @param name of the file that a browser makes of it */
function sendAs(c: Context<WebEnv>, name: string): void {
  c.header('content-type', 'application/octet-stream')
  c.header('content-disposition', `attachment; filename="${name}"`)
}

/** Makes a file of its own, and deletes it once it is sent or nobody wants it anymore. */
async function sendMade(c: Context<WebEnv>, name: string, make: (file: string) => Promise<void>): Promise<Response> {
  const folder = await mkdtemp(join(tmpdir(), 'mekiki-download-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const file = join(folder, name)
    await make(file)
    const stream = createReadStream(file)
    stream.once('close', () => void remove())
    c.header('content-length', String((await stat(file)).size))
    sendAs(c, name)
    return c.body(Readable.toWeb(stream) as ReadableStream)
  } catch (error) {
    await remove()
    throw error
  }
}
