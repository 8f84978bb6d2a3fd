// A browser, as far as a page's server can tell: cookies with their flags, redirects followed by hand, an origin.
import { once } from 'node:events'
import { type IncomingMessage, request as send } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import type { Bot } from './bot.ts'
import type { User } from './entities.ts'
import { CLIENT_SECRET } from './oauth.ts'
import type { StandIn } from './stand-in.ts'

/** Where the page is, as people write it: what ends HTTPS is left out, and only its name comes through. */
export const PAGE = 'https://mekiki.test'
/** What a bot is started with, so that it has a page. */
export const PAGE_ENV = { WEB_URL: PAGE, WEB_PORT: '0', DISCORD_CLIENT_SECRET: CLIENT_SECRET }
export const CALLBACK = `${PAGE}/login/callback`

export type Answer = { status: number; headers: IncomingMessage['headers']; text: string; setCookies: string[] }
type Asked = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array }

/** The port on which a bot serves its page. */
export function pagePort(bot: Bot): number {
  const line = bot.logs.find((l) => typeof l.listens === 'string')
  if (!line) throw new Error(`no page is served: ${bot.text()}`)
  return Number(String(line.listens).split(':').at(-1))
}

/** One that nobody listens on, for a page whose address has to be known before it is there. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export class Browser {
  readonly cookies = new Map<string, string>()
  private readonly port: number
  private readonly language: string

  constructor(port: number, language = 'en-GB,en;q=0.9') {
    this.port = port
    this.language = language
  }

  /** Another browser with the same cookies. */
  stolen(): Browser {
    const thief = new Browser(this.port)
    for (const [name, value] of this.cookies) thief.cookies.set(name, value)
    return thief
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, { headers })
  }
  /** As a script of the page does. */
  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const own = { origin: PAGE, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
    return this.ask(path, { method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify(body) })
  }
  /** As somebody does who follows a link. */
  open(path: string): Promise<Answer> {
    return this.get(path, { accept: 'text/html', 'sec-fetch-site': 'cross-site' })
  }

  /** Starts a login. @returns where Discord sends the browser back to */
  async beginLogin(stand: StandIn, user: User, to = '/'): Promise<URL> {
    stand.oauth.visitor = user
    const started = await this.open(`/login/discord?to=${encodeURIComponent(to)}`)
    const asked = new URL(String(started.headers.location))
    asked.host = stand.host
    const answer = await fetch(asked, { redirect: 'manual' })
    if (answer.status !== 302) throw new Error(`Discord refuses: ${answer.status} ${await answer.text()}`)
    return new URL(answer.headers.get('location') ?? '')
  }
  async logIn(stand: StandIn, user: User, to = '/'): Promise<Answer> {
    const back = await this.beginLogin(stand, user, to)
    return this.open(back.pathname + back.search)
  }

  /** Opens a stream and reads on. `ended` resolves when the server ends it. */
  stream(path: string): Promise<{ status: number; text(): string; ended: Promise<void> }> {
    return new Promise((resolve, reject) => {
      const headers = { host: new URL(PAGE).host, cookie: this.cookieHeader(), accept: 'text/event-stream' }
      send({ host: '127.0.0.1', port: this.port, path, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        const ended = new Promise<void>((end) => response.on('close', end))
        response.on('error', () => {})
        resolve({ status: response.statusCode ?? 0, text: () => text, ended })
      })
        .on('error', reject)
        .end()
    })
  }

  /** Begins to send a file and never goes on. @returns what gives up */
  hang(path: string): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const headers = { host: new URL(PAGE).host, cookie: this.cookieHeader(), origin: PAGE, 'content-length': '1000' }
      const sent = send({ host: '127.0.0.1', port: this.port, path, method: 'PUT', headers, agent: false })
      sent.on('error', () => {})
      sent.on('response', ({ statusCode }) => reject(new Error(`answered ${statusCode}`)))
      sent.write('x', () => resolve(() => sent.destroy()))
    })
  }

  async ask(path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
    const cookie = this.cookieHeader()
    const own = { host: new URL(PAGE).host, 'accept-language': this.language, ...(cookie && { cookie }) }
    const answer = await new Promise<Answer>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: this.port,
        path,
        method,
        headers: { ...own, ...headers },
        agent: false,
      }
      send(options, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(parts).toString('utf8'),
            setCookies: response.headers['set-cookie'] ?? [],
          }),
        )
      })
        .on('error', reject)
        .end(body)
    })
    for (const line of answer.setCookies) this.keep(line)
    return answer
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/max-age=0/i.test(line)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
