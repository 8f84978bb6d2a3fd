import { Hono } from 'hono'
import { z } from 'zod'
import { readRevision } from '../../db/revisions.ts'
import { UserError } from '../../errors.ts'
import { describeExamples, MAX_DETAILS } from '../../services/example-details.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { readJson } from '../server/json-body.ts'
import { unlessKnown } from './cached.ts'
import { checkOptions, readQuery } from './option-schemas.ts'
import { browsedPlace } from './place.ts'
import { start } from './run-command.ts'

const Examples = z.strictObject({ ids: z.array(z.int().positive()).max(MAX_DETAILS) })

/**
 * What a gallery of very many pictures needs: the ids of all of them in order, as 32-bit numbers, the lowest byte first as in
 * the memory of every machine that Node runs on, and the details of those that are in view.
 */
export const galleryRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/:server/:dataset/gallery/ids', async (c) => {
      const { visitor, dataset } = await browsedPlace(web, c)
      const { seesAll } = visitor
      const known = unlessKnown(c, `${dataset}-${await readRevision(web.app.db, dataset)}-${Number(seesAll)}`)
      if (known) return known
      const command = await web.commands.find('gallery', 'web')
      if (!command) throw new UserError('web.nothing', 'Expected a gallery, found none')
      const label = c.req.queries('label')
      const options = checkOptions(command, { ...readQuery(command, c.req.query()), ...(label && { label }) })
      const request = { visitor, command, options, page: 1 }
      for await (const event of await start(web, c.req.param('dataset'), request))
        if ('result' in event && event.result.key === 'gallery')
          return c.body(new Uint32Array(event.result.values.ids).buffer, {
            headers: { 'content-type': 'application/octet-stream' },
          })
      throw new Error('Expected the result of the command gallery, received none')
    })
    .post('/:server/:dataset/examples', async (c) => {
      const { visitor, dataset } = await browsedPlace(web, c)
      const given = Examples.safeParse(await readJson(c.req.raw))
      if (!given.success)
        throw new UserError('option.invalid', `Expected at most ${MAX_DETAILS} ids of examples`, { option: 'ids' })
      const about = { examples: given.data.ids, seesAll: visitor.seesAll }
      return c.json({ examples: await describeExamples(web.app, dataset, about) })
    })
