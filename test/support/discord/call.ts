// A request to Discord and its reply.
import type { IncomingMessage } from 'node:http'
import type { File } from './checks.ts'
import { TOKEN } from './stand-in.ts'

export type Call = {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  files: File[]
  authorized: boolean
  isOurs: boolean
}
export type Reply = {
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** The connection ends in place of it. */
  isCut?: 'reset' | 'closed'
}

export const no = (status: number, code: number, message: string): Reply => ({ status, body: { code, message } })
export const ok = (body: unknown): Reply => ({ status: 200, body })
export const NOTHING: Reply = { status: 204 }

/** A request with its files, whether it came as JSON or in parts. */
export async function readCall(request: IncomingMessage, path: string): Promise<Call> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  const type = request.headers['content-type'] ?? ''
  const call = {
    method: request.method!,
    path,
    query: new URL(request.url!, 'http://localhost').searchParams,
    authorized: request.headers.authorization !== undefined,
    isOurs: request.headers.authorization === `Bot ${TOKEN}`,
  }
  if (type.startsWith('application/x-www-form-urlencoded')) return { ...call, body: {}, files: [] }
  if (!type.startsWith('multipart/'))
    return { ...call, body: bytes.length > 0 ? JSON.parse(String(bytes)) : {}, files: [] }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const files: File[] = []
  for (const [name, value] of form as unknown as Iterable<[string, unknown]>)
    if (/^files\[\d+\]$/.test(name)) {
      const file = value as globalThis.File
      files.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    }
  const json = JSON.parse(String(form.get('payload_json'))) as Record<string, unknown>
  const body = (json.data as Record<string, unknown> | undefined) ?? json
  return { ...call, body: json.type === undefined ? body : json, files }
}

/** Too many requests: to be tried again after so many seconds. */
export function rateLimited(seconds: number): Reply {
  const headers = {
    'retry-after': String(seconds),
    'x-ratelimit-reset-after': String(seconds),
    'x-ratelimit-scope': 'user',
  }
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: { ...headers, 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-bucket': 'b' },
  }
}
