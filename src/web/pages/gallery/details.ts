import type { ExampleDetails } from '../../../services/example-details.ts'
import { fetchJson, isAborted } from '../lib/api.ts'
import { type Signal, signal } from '../lib/html.ts'

export type { ExampleDetails }

/** As many as the server gives at once. */
const BLOCK = 200
/** Details that are kept in memory, for what was looked at last. */
const MOST_KEPT = 4000
/** Milliseconds after which what could not be had is asked for again. */
const AGAIN_MS = 3000

type Kept = { details: ExampleDetails | undefined; generation: number }

export type Details = {
  /** Changes whenever some arrive. */
  version: Signal<number>
  /** Changes whenever what is known may be old. */
  generation: Signal<number>
  get(id: number): ExampleDetails | undefined
  /** Reads what is missing of the places from one to another, and gives up what is no longer wanted. */
  want(ids: Uint32Array, range: { from: number; to: number }): void
  /** Something changed: what is known is shown until it is read again. */
  outdate(): void
  close(): void
}

export function openDetails(): Details {
  const kept = new Map<number, Kept>()
  const version = signal(0)
  const running = new Map<string, AbortController>()
  const generation = signal(0)
  let wanted: { ids: Uint32Array; from: number; to: number } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const isMissing = (id: number): boolean => kept.get(id)?.generation !== generation.value

  function keep(ids: readonly number[], found: readonly ExampleDetails[], of: number): void {
    const byId = new Map(found.map((details) => [details.id, details]))
    for (const id of ids) {
      kept.delete(id)
      kept.set(id, { details: byId.get(id), generation: of })
    }
    for (const id of kept.keys()) {
      if (kept.size <= MOST_KEPT) break
      kept.delete(id)
    }
    version.value++
  }

  async function fetchThem(ids: readonly number[], signal: AbortSignal): Promise<void> {
    const of = generation.value
    const body = JSON.stringify({ ids })
    const headers = { 'content-type': 'application/json' }
    const answer = (await fetchJson('examples', { method: 'POST', headers, body, signal })) as {
      examples: ExampleDetails[]
    }
    keep(ids, answer.examples, of)
  }

  function readBlock(key: string, ids: number[]): void {
    const controller = new AbortController()
    running.set(key, controller)
    fetchThem(ids, controller.signal)
      .catch((error: unknown) => {
        if (!isAborted(error)) timer ??= setTimeout(again, AGAIN_MS)
      })
      .finally(() => running.get(key) === controller && running.delete(key))
  }

  function again(): void {
    timer = undefined
    if (wanted) want(wanted.ids, wanted)
  }

  /** Blocks lie on multiples of their size, so that scrolling to and fro asks for the same. */
  function want(ids: Uint32Array, { from, to }: { from: number; to: number }): void {
    wanted = { ids, from, to }
    const blocks = new Map<string, number[]>()
    for (let start = from - (from % BLOCK); start < to; start += BLOCK) {
      const missing = [...ids.subarray(start, start + BLOCK)].filter(isMissing)
      if (missing.length > 0) blocks.set(`${generation.value} ${start} ${ids[start]}`, missing)
    }
    for (const [key, controller] of running)
      if (!blocks.has(key)) {
        controller.abort()
        running.delete(key)
      }
    for (const [key, missing] of blocks) if (!running.has(key)) readBlock(key, missing)
  }

  return {
    version,
    generation,
    get: (id) => kept.get(id)?.details,
    want,
    outdate() {
      generation.value++
    },
    close() {
      clearTimeout(timer)
      wanted = undefined
      for (const controller of running.values()) controller.abort()
    },
  }
}
