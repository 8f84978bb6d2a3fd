import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { UserError } from '../../errors.ts'
import { LOCAL } from '../auth/authenticate.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { type Change, openChanges } from './changes.ts'

/** One stream a browser is enough; some browsers and devices for each person. */
const MAX_STREAMS_OF_PERSON = 12
const MAX_STREAMS = 1_000
/** Proxies close what is silent. */
const KEEP_ALIVE_MS = 15_000
/** Whether somebody may still look is asked anew so often. */
const RECHECK_MS = 60_000

/** What changes in the datasets that a visitor may look at, as it happens: `revision` and `training`. */
export function eventRoutes(web: WebContext): Hono<WebEnv> {
  const changes = openChanges(web)
  const streams = new Map<string, number>()
  return new Hono<WebEnv>().get('/events', (c) => {
    const session = c.get('session')
    const { person } = session
    const open = streams.get(person) ?? 0
    const all = [...streams.values()].reduce((sum, n) => sum + n, 0)
    if (open >= MAX_STREAMS_OF_PERSON || all >= MAX_STREAMS)
      throw new UserError('web.too-many', `Expected at most ${MAX_STREAMS_OF_PERSON} open streams, received more`)
    streams.set(person, open + 1)
    return streamSSE(c, async (stream) => {
      const allowed = new Set<string>()
      const refresh = async (): Promise<void> => {
        const isLoggedIn = (await web.sessions.list(person)).some(({ id }) => id === session.id)
        const servers = isLoggedIn ? await web.access.serversOf(session) : []
        allowed.clear()
        for (const { id } of servers) allowed.add(id === LOCAL ? '' : id)
        if (allowed.size === 0) stream.abort()
      }
      const send = (change: Change): void => {
        if (!allowed.has(change.server)) return
        const { event, ...data } = { ...change, server: change.server || LOCAL }
        void stream.writeSSE({ event, data: JSON.stringify(data) })
      }
      // Whose rights cannot be read has none: the browser tries again by itself.
      const recheck = (): void =>
        void refresh().catch((err) => {
          web.log.warn({ err }, 'rights cannot be read')
          stream.abort()
        })
      const timers = [
        setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS),
        setInterval(recheck, RECHECK_MS),
      ]
      const watches = [
        web.access.onChanged?.((_server, changed) => {
          if (changed === person) stream.abort()
          else if (changed === undefined) recheck()
        }),
        web.sessions.onEnded((whose) => whose === person && recheck()),
      ]
      try {
        await refresh()
        changes.add(send)
        await stream.writeSSE({ event: 'hello', data: '{}' })
        for (const change of await changes.running()) send(change)
        if (!stream.aborted) await new Promise<void>((resolve) => stream.onAbort(resolve))
      } finally {
        changes.remove(send)
        for (const timer of timers) clearInterval(timer)
        for (const end of watches) end?.()
        const left = (streams.get(person) ?? 1) - 1
        if (left > 0) streams.set(person, left)
        else streams.delete(person)
      }
    })
  })
}
