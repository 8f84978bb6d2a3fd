// The page as `mekiki web` serves it, in this process: real routes, database and workers on a loopback port.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { registry } from '../../../commands/registry.ts'
import { SettingsCache } from '../../../src/services/settings-cache.ts'
import { originsOf } from '../../../src/web/addresses.ts'
import { openSessions } from '../../../src/web/auth/sessions.ts'
import { openTokenAccess, type TokenAccess } from '../../../src/web/auth/token.ts'
import type { WebContext } from '../../../src/web/context.ts'
import { type Limits, listen } from '../../../src/web/server/listen.ts'
import { openSite } from '../../../src/web/server/site.ts'
import { type App, openApp } from '../app.ts'

/** Who works in the terminal. */
export const PERSON = 'tester'

export type TestSite = Awaited<ReturnType<typeof openTestSite>>

/** `home`: one that is there already, and stays. `person`: who works in the terminal. `limits`: of connections. `opening`: what the app is opened with. */
type Wanted = { home?: string; person?: string; limits?: Partial<Limits>; opening?: Parameters<typeof openApp>[1] }

export async function openTestSite({ home: given, person = PERSON, limits = {}, opening }: Wanted = {}) {
  const home = given ?? mkdtempSync(join(tmpdir(), 'mekiki-page-'))
  const app: App = await openApp(home, { readers: 2, ...opening })
  const settings = new SettingsCache(app, (error) => assertNever(error))
  const access: TokenAccess = openTokenAccess(settings, person)
  const lines: string[] = []
  const log = pino({ level: 'warn', base: null }, { write: (line: string) => void lines.push(line) })
  const origins: string[] = []
  const web: WebContext = { app, commands: registry, log, origins, access, sessions: openSessions(app.db) }
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    limits,
    open(port) {
      origins.push(...originsOf(port, []))
      return openSite(web)
    },
  })
  const origin = `http://127.0.0.1:${listening.port}`
  /** A link as the terminal prints it. */
  const link = (): string => `${origin}/enter#${access.newToken()}`
  let cookie: string | undefined

  async function logIn(): Promise<string> {
    const response = await fetch(`${origin}/enter`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token: access.newToken() }),
    })
    return response.headers.get('set-cookie')!.split(';')[0]!
  }

  /** A request of somebody who is logged in, to a path as in `/api/me`. */
  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    cookie ??= await logIn()
    return fetch(origin + path, { ...init, headers: { cookie, origin, ...init.headers } })
  }

  return {
    app,
    web,
    home,
    origin,
    link,
    logIn,
    request,
    /** What was logged, a line of JSON each. */
    lines,
    /** The results of a command in the dataset `main`; throws what the server answered instead. */
    async run(command: string, options: object = {}, dataset = 'main') {
      const response = await request(`/api/local/${dataset}/${command}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(options),
      })
      const body = (await response.json()) as any
      if (!response.ok) throw Object.assign(new Error(body.message), body)
      return body.results as any[]
    },
    /** Sends one file to a command, as in `label`. */
    put: (command: string, file: Uint8Array, options: Record<string, string> = {}) =>
      request(`/api/local/main/${command}?${new URLSearchParams(options)}`, {
        method: 'PUT',
        body: new Blob([file as never]),
      }),
    async close() {
      await listening.close()
      await settings.close()
      await app.close()
      if (!given) rmSync(home, { recursive: true, force: true })
    },
  }
}

function assertNever(error: unknown): never {
  throw error
}
