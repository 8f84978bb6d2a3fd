import { Hono } from 'hono'
import { findShownPicture } from '../../db/thumbnails.ts'
import { UserError } from '../../errors.ts'
import { PICTURE_SIDES, Thumbnails } from '../../services/thumbnails.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { unlessKnown } from './cached.ts'
import { browsedPlace } from './place.ts'

const [SMALLEST, , COPY] = PICTURE_SIDES

/** The pictures of examples, in three sizes; the largest are the copies as they are stored. */
export function pictureRoutes(web: WebContext): Hono<WebEnv> {
  const thumbnails = new Thumbnails(web.app, (err) => web.log.error({ err }, 'small pictures cannot be kept'))
  return new Hono<WebEnv>().get('/:server/:dataset/pictures/:example', async (c) => {
    const side = readSide(c.req.query('size'))
    const { visitor, dataset } = await browsedPlace(web, c)
    const example = Number(c.req.param('example'))
    const found = Number.isSafeInteger(example)
      ? await findShownPicture(web.app.db, dataset, { example, seesAll: visitor.seesAll })
      : undefined
    if (!found) throw nothing()
    const known = unlessKnown(c, `${found.pixelHash.toString('hex')}-${side}`)
    if (known) return known
    const { picture } = found
    const bytes = await thumbnails.read(dataset, { picture, side, signal: c.req.raw.signal })
    if (!bytes) throw nothing()
    return c.body(new Uint8Array(bytes), { headers: { 'content-type': side === COPY ? 'image/jpeg' : 'image/webp' } })
  })
}

/** Throws UserError option.invalid */
function readSide(text: string | undefined) {
  const side = text === undefined ? SMALLEST : PICTURE_SIDES.find((one) => String(one) === text)
  if (side === undefined)
    throw new UserError('option.invalid', `Expected a size of ${PICTURE_SIDES.join(', ')}, received another`, {
      option: 'size',
    })
  return side
}

const nothing = (): UserError => new UserError('web.nothing', 'Expected an example of this dataset, received another')
