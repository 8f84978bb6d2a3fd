import type { PageResult } from '../../api/page-result.ts'
import { readEvents } from './event-stream.ts'
import { signal } from './html.ts'
import { place } from './place.ts'
import { language } from './words.ts'

export type { PageResult }
/** How far a command is. `total` is missing where the end is not known. */
export type ProgressEvent = { done: number; total?: number; of: string }
export type OptionValues = Record<string, string | number | boolean | readonly (string | number)[] | undefined>

/** What the server answered instead of a result. `status` 0: it could not be reached. `message`: in the visitor's language. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  /** After which it may be tried again, where the server says so. */
  readonly seconds: number | undefined
  constructor(status: number, { code, message }: { code: string; message: string }, seconds?: number) {
    super(message)
    this.code = code
    this.status = status
    this.seconds = seconds
  }
}

const UNAUTHORIZED = 401
/** Whether the session has ended, here or in another browser. */
export const isSignedOut = signal(false)

/** Whether somebody gave up waiting, and nothing is wrong. */
export const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

type RunInit = {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: ProgressEvent) => void) | undefined
  /** One raw file, for a command that takes a picture or an upload. */
  body?: Blob | undefined
  /** Its name. */
  name?: string | undefined
  /** Whether results come without pictures: of thousands that are sent, none need come back. */
  plain?: boolean | undefined
}

/** Runs a command here. Throws ApiError */
export async function run(command: string, options: OptionValues = {}, init: RunInit = {}): Promise<PageResult[]> {
  const { signal = null, onProgress, body, name, plain = false } = init
  const accept = onProgress ? 'text/event-stream' : 'application/json'
  const common = { accept, ...(plain && { prefer: 'return=minimal' }) }
  const response = body
    ? await send(pathHere(command, { ...options, name: name ?? 'picture' }), {
        method: 'PUT',
        headers: { ...common, 'content-type': 'application/octet-stream' },
        body,
        signal,
      })
    : await send(pathHere(command), {
        method: 'POST',
        headers: { ...common, 'content-type': 'application/json' },
        body: JSON.stringify(options),
        signal,
      })
  if (!onProgress || !response.headers.get('content-type')?.startsWith('text/event-stream'))
    return resultsOf(await response.json())
  return readResults(response, onProgress)
}

async function readResults(response: Response, onProgress: (progress: ProgressEvent) => void): Promise<PageResult[]> {
  const results: PageResult[] = []
  for await (const { event, data } of readEvents(response)) {
    if (event === 'progress') onProgress(data as ProgressEvent)
    else if (event === 'result') results.push(data as PageResult)
    else if (event === 'error') throw new ApiError(response.status, data as { code: string; message: string })
    else if (event === 'end') return results
  }
  throw unreachable()
}

/** What a command that only reads gives here. Throws ApiError */
export const read = async (command: string, options: OptionValues = {}): Promise<PageResult[]> =>
  resultsOf(await fetchJson(pathUnderPlace(command, options)))

const resultsOf = (answer: unknown): PageResult[] => (answer as { results: PageResult[] }).results

/** JSON of a path under this place, as in `gallery?label=cat`. Throws ApiError */
export async function fetchJson(path: string, init: RequestInit = {}): Promise<unknown> {
  return (await send(`${root()}/${path}`, init)).json()
}

/** Bytes of a path under this place. Throws ApiError */
export async function fetchBytes(path: string, init: RequestInit = {}): Promise<ArrayBuffer> {
  return (await send(`${root()}/${path}`, init)).arrayBuffer()
}

/** The address of the API for this place. */
export function root(): string {
  const { server, dataset } = place.value
  return `/api/${encodeURIComponent(server)}/${encodeURIComponent(dataset)}`
}

const pathHere = (command: string, options: OptionValues = {}): string =>
  `${root()}/${pathUnderPlace(command, options)}`

function pathUnderPlace(command: string, options: OptionValues): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(options)) if (value !== undefined) search.set(key, String(value))
  const text = search.toString()
  return `${encodeURIComponent(command)}${text && `?${text}`}`
}

/** Throws ApiError where the answer is an error, or where there is none. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('accept-language', language.value)
  const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
    throw isAborted(error) ? error : unreachable()
  })
  if (response.ok) return response
  if (response.status === UNAUTHORIZED) isSignedOut.value = true
  const told: unknown = await response.json().catch(() => undefined)
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  throw new ApiError(
    response.status,
    isError(told) ? told : { code: 'internal', message: '' },
    Number.isFinite(seconds) ? seconds : undefined,
  )
}

const unreachable = (): ApiError => new ApiError(0, { code: 'unreachable', message: '' })

const isError = (told: unknown): told is { code: string; message: string } =>
  typeof told === 'object' && told !== null && 'code' in told && 'message' in told
