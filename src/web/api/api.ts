import { Hono } from 'hono'
import { UserError } from '../../errors.ts'
import { authenticate } from '../auth/authenticate.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { commandRoutes } from './commands.ts'
import { downloadRoutes } from './downloads.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './export.ts'
import { galleryRoutes } from './gallery.ts'
import { knownRoutes } from './known.ts'
import { meRoutes } from './me.ts'
import { nameRoutes } from './names.ts'
import { openApiRoutes } from './openapi.ts'
import { pictureRoutes } from './pictures.ts'

/** Everything under `/api`. What is named before the commands is no command. */
export const apiRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .use(authenticate(web))
    .route('/', openApiRoutes(web))
    .route('/', meRoutes(web))
    .route('/', eventRoutes(web))
    .route('/', exportRoutes(web))
    .route('/', galleryRoutes(web))
    .route('/', pictureRoutes(web))
    .route('/', knownRoutes(web))
    .route('/', nameRoutes(web))
    .route('/', downloadRoutes(web))
    .route('/', commandRoutes(web))
    .all('*', () => {
      throw new UserError('web.nothing', 'Expected an address of the API, received another')
    })
