import type { Context } from 'hono'
import { requireDataset } from '../../db/datasets.ts'
import { requireBrowsing } from '../../services/browsing.ts'
import { requireAccessOf, visitorOf } from '../auth/authenticate.ts'
import type { Visitor, WebContext, WebEnv } from '../context.ts'

/** The dataset that the address names, for somebody who may look at all of it. Throws UserError web.nothing, access.denied, dataset.* */
export async function browsedPlace(
  web: WebContext,
  c: Context<WebEnv>,
): Promise<{ visitor: Visitor; dataset: number }> {
  const visitor = await visitorOf(web, c)
  requireBrowsing(requireAccessOf(visitor))
  const { id } = await requireDataset(web.app.db, visitor.server, c.req.param('dataset') ?? '')
  return { visitor, dataset: id }
}
