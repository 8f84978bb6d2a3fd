import type { PageResult } from '../lib/api.ts'
import { ApiError, root } from '../lib/api.ts'
import { parseEvents } from '../lib/event-stream.ts'
import { signal } from '../lib/html.ts'
import { loadMe } from '../lib/me.ts'
import { language } from '../lib/words.ts'

/** A ZIP on its way. `sent`: a share from 0 to 1. `done`, `total`: pictures of it. */
export type SendingZip = { id: number; name: string; sent: number; done: number; total?: number } & {
  result?: PageResult
  error?: unknown
}

export const zips = signal<readonly SendingZip[]>([])
let last = 0

const change = (id: number, by: Partial<SendingZip>): void => {
  zips.value = zips.value.map((each) => (each.id === id ? { ...each, ...by } : each))
}
export const removeZip = (id: number): void => {
  zips.value = zips.value.filter((each) => each.id !== id)
}

/** Sends a ZIP whole, and shows how far it is: on the way, then picture by picture. */
export async function sendZip(file: File): Promise<void> {
  const id = ++last
  zips.value = [...zips.value, { id, name: file.name, sent: 0, done: 0 }]
  try {
    const result = await send(file, (by) => change(id, by))
    change(id, { result })
    await loadMe().catch(() => {})
  } catch (error) {
    change(id, { error })
  }
}

/** By the older way to ask: only it tells how much was sent. Throws ApiError */
function send(file: File, onProgress: (by: Partial<SendingZip>) => void): Promise<PageResult> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let result: PageResult | undefined
    let read = 0
    request.open('PUT', `${root()}/import?${new URLSearchParams({ name: file.name })}`)
    request.setRequestHeader('accept', 'text/event-stream')
    request.setRequestHeader('accept-language', language.value)
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded / Math.max(1, total) })
    request.upload.onload = () => onProgress({ sent: 1 })
    request.onprogress = () => {
      const end = request.responseText.lastIndexOf('\n\n') + 2
      for (const { event, data } of parseEvents(request.responseText.slice(read, Math.max(read, end))))
        if (event === 'progress') onProgress(data as { done: number; total: number })
        else if (event === 'result') result = data as PageResult
        else if (event === 'error') reject(new ApiError(request.status, data as { code: string; message: string }))
      read = Math.max(read, end)
    }
    request.onload = () => {
      if (request.status >= 400) reject(new ApiError(request.status, toldBy(request.responseText)))
      else if (result) resolve(result)
      else reject(unreachable())
    }
    request.onerror = () => reject(unreachable())
    request.send(file)
  })
}

const unreachable = (): ApiError => new ApiError(0, { code: 'unreachable', message: '' })

function toldBy(text: string): { code: string; message: string } {
  try {
    return JSON.parse(text)
  } catch {
    return { code: 'internal', message: '' }
  }
}
