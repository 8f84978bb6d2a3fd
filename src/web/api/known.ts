import { Hono } from 'hono'
import { z } from 'zod'
import { requireDataset } from '../../db/datasets.ts'
import { findKnownFiles } from '../../db/known-files.ts'
import { findLabel } from '../../db/labels.ts'
import { UserError } from '../../errors.ts'
import { parseLabel } from '../../label.ts'
import { requireAccessOf, visitorOf } from '../auth/authenticate.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { readJson } from '../server/json-body.ts'

/** Files that are asked about at once. */
const MAX_HASHES = 1_000
const Asked = z.strictObject({
  hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(MAX_HASHES),
  label: z.string().max(2_000).optional(),
})

/** Which files need not be sent, since they are there: an upload that was cut off goes on where it was. */
export const knownRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>().post('/:server/:dataset/known', async (c) => {
    const visitor = await visitorOf(web, c)
    requireAccessOf(visitor)('teacher')
    const given = Asked.safeParse(await readJson(c.req.raw))
    if (!given.success)
      throw new UserError('option.invalid', `Expected at most ${MAX_HASHES} SHA-256 hashes in hexadecimal`, {
        option: 'hashes',
      })
    const { hashes, label: name } = given.data
    const { db } = web.app
    const { id: dataset } = await requireDataset(db, visitor.server, c.req.param('dataset'))
    const label = name === undefined ? undefined : await findLabel(db, dataset, parseLabel(name))
    if (name !== undefined && !label) return c.json({ known: [] })
    const asked = { hashes: hashes.map((hash) => Buffer.from(hash, 'hex')), label: label?.id }
    const known = await findKnownFiles(db, dataset, asked)
    return c.json({ known: known.map((hash) => hash.toString('hex')) })
  })
