// `mekiki web` as a process of its own, and somebody who is logged in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { environmentOf } from '../home-database.ts'
import { MAIN } from '../mekiki.ts'

export type Served = Awaited<ReturnType<typeof serve>>

/** @param more variables of its environment */
export async function serve(home: string, more: Record<string, string> = {}) {
  const env = {
    ...process.env,
    ...(await environmentOf(home)),
    MEKIKI_HOME: home,
    MEKIKI_LANGUAGE: 'en',
    WEB_PORT: '0',
    ...more,
  }
  const child = spawn(process.execPath, [MAIN, 'web'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk))
  const ended = once(child, 'exit')
  const { origin, hash } = new URL(await readLink(child.stdout))
  const cookie = await enter(origin, hash.slice(1))

  /** A request under `/api`, as the page's own scripts send it. */
  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}/api/${path}`, { ...init, headers: { cookie, origin, ...init.headers } })

  /** Its bytes. Throws Error where it is refused */
  async function ask(path: string, init: RequestInit = {}): Promise<Uint8Array> {
    const response = await request(path, init)
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (!response.ok) throw new Error(`Expected an answer to ${path}, received ${response.status}`)
    return bytes
  }
  return {
    ...{ origin, cookie, request, ask, pid: child.pid },
    /** Everything on stdout and stderr. */
    said: () => said,
    /** @returns its exit status; null where it was killed */
    async stop(): Promise<number | null> {
      child.kill('SIGTERM')
      const [code] = await ended
      return code as number | null
    },
  }
}

function readLink(out: Readable): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    // Read on to the end: a program that cannot write any more fails.
    out.on('data', (chunk: Buffer) => {
      text += chunk
      const [link] = /http:\/\/127\.0\.0\.1:\d+\/enter#\S+/.exec(text) ?? []
      if (link && text.includes('The data are in')) resolve(link)
    })
    out.on('end', () => reject(new Error(`Expected a link, received ${text}`)))
  })
}

async function enter(origin: string, token: string): Promise<string> {
  const headers = { origin, 'content-type': 'application/json' }
  const response = await fetch(`${origin}/enter`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** MiB that a process has in memory now. */
export function residentMiB(pid: number | undefined): number {
  const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}
