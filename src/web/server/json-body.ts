import { readBody } from './body.ts'

/** Of JSON that anybody sends: ten thousand ids of examples are a tenth of it. */
const MAX_JSON_BYTES = 2 ** 20

type Limits = { maxBytes?: number; whenEmpty?: object }

/**
 * What the body of a request says; undefined where it is no JSON. Hono's own `json()` takes bodies of any size.
 * Throws UserError web.too-large, web.too-slow, web.aborted
 */
export async function readJson(
  request: Request,
  { maxBytes = MAX_JSON_BYTES, whenEmpty }: Limits = {},
): Promise<unknown> {
  const body = await readBody(request, maxBytes)
  if (body.length === 0) return whenEmpty
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
