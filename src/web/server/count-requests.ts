import { Hono } from 'hono'
import type { Counter } from 'prom-client'
import type { WebEnv } from '../context.ts'

/** Counts what is asked for. Routes have no names of people, servers, datasets or labels: those stay out of metrics. */
export function countRequests(site: Hono<WebEnv>, requests: Counter<string>): Hono<WebEnv> {
  const counted = new Hono<WebEnv>()
  counted.use(async (c, next) => {
    await next()
    requests.inc({ route: routeOf(c.req.path), outcome: outcomeOf(c.res.status) })
  })
  return counted.route('/', site)
}

/** Those of the API that are no command of a dataset. */
const OF_API = /^\/api\/(me|events|tokens|openapi\.json)\b/

function routeOf(path: string): string {
  const [, api] = OF_API.exec(path) ?? []
  if (api !== undefined) return `api/${api}`
  if (/^\/api(\/|$)/.test(path)) return 'api'
  const [, first] = /^\/(assets|login|leave|interactions)\b/.exec(path) ?? []
  return first ?? 'page'
}

function outcomeOf(status: number): string {
  if (status < 400) return 'done'
  if (status === 401 || status === 403 || status === 404) return 'denied'
  if (status === 429 || status === 503) return 'busy'
  return status < 500 ? 'refused' : 'failed'
}
