import { Hono } from 'hono'
import { apiRoutes } from '../api/api.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { assetRoutes } from './asset-routes.ts'
import { loadAssets } from './assets.ts'
import { writeDocument } from './document.ts'
import { answerFailure, languageOf } from './errors.ts'
import { checkHost, checkOrigin, secureHeaders } from './security.ts'

/** Everything that is served: who may come in is checked first, then the API, the files of the page, and the page itself. */
export function openSite(web: WebContext): Hono<WebEnv> {
  const assets = loadAssets()
  const site = new Hono<WebEnv>()
  site.onError(answerFailure(web))
  // Discord's own requests come from no page: they are known by their signature.
  const { interactions } = web
  if (interactions) site.post('/interactions', (c) => interactions(c.req.raw))
  site.use(secureHeaders, checkHost(web), checkOrigin(web))
  site.route('/assets', assetRoutes(assets))
  site.route('/', web.access.routes(web, assets))
  site.route('/api', apiRoutes(web))
  site.get('*', (c) => {
    const language = languageOf(c.req.header('accept-language'))
    return c.html(writeDocument({ assets, nonce: c.get('nonce'), language, script: 'main', path: c.req.path }))
  })
  return site
}
