import { ApiError, fetchJson } from '../lib/api.ts'
import type { FoundFile } from '../lib/dropped-files.ts'
import { canHash, hashOf } from './hash.ts'
import { labelKey } from './plan.ts'
import { MAX_BYTES, type Outcome } from './send-file.ts'

/** A file that waits, under the label that it is added to. */
export type Waiting = { file: FoundFile; path: string; label: string }

/** Files that are asked about in one request. */
const ASKED = 100
/** Files in memory at once while they are hashed. */
const HASHED_AT_ONCE = 2

type Checking = {
  signal: AbortSignal
  /** Repeats a request until it is answered. */
  patiently<T>(work: () => Promise<T>): Promise<T>
  onOutcome(waiting: Waiting, outcome: Outcome): void
}

/** Those that the server does not have under their label, in order. While some are sent, the next are looked at. */
export async function* unknownFiles(waiting: readonly Waiting[], checking: Checking): AsyncGenerator<Waiting> {
  const seen = new Set<string>()
  const batches = inBatches(waiting)
  const check = (): Promise<Waiting[]> | undefined => {
    const { value } = batches.next()
    const checked = value && findUnknown(value, { ...checking, seen })
    // It may fail before somebody waits for it.
    checked?.catch(() => {})
    return checked
  }
  let next = check()
  while (next) {
    const unknown = await next
    next = check()
    yield* unknown
  }
}

/** Of one label each. */
function* inBatches(waiting: readonly Waiting[]): Generator<Waiting[]> {
  let batch: Waiting[] = []
  for (const one of waiting) {
    const [first] = batch
    if (first && (first.label !== one.label || batch.length >= ASKED)) {
      yield batch
      batch = []
    }
    batch.push(one)
  }
  if (batch.length > 0) yield batch
}

async function findUnknown(
  batch: Waiting[],
  { signal, patiently, onOutcome, seen }: Checking & { seen: Set<string> },
): Promise<Waiting[]> {
  const [first] = batch
  if (!canHash() || !first) return batch
  const hashes = await hashAll(batch, signal)
  const body = JSON.stringify({ hashes: [...new Set(hashes)].filter(Boolean), label: first.label })
  const ask = (): Promise<unknown> =>
    fetchJson('known', { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal })
  const { known } = (await patiently(ask).catch(noneIfNew)) as { known: string[] }
  const there = new Set(known)
  return batch.filter((one, i) => {
    const hash = hashes[i]
    if (!hash) return true
    const key = `${labelKey(one.label)} ${hash}`
    const isKnown = there.has(hash) || seen.has(key)
    seen.add(key)
    if (isKnown) onOutcome(one, { kind: 'known' })
    return !isKnown
  })
}

/** A dataset is there with its first picture. */
function noneIfNew(error: unknown): { known: string[] } {
  if (error instanceof ApiError && error.code === 'dataset.not-found') return { known: [] }
  throw error
}

/** In order; undefined where a file cannot be read, which is found out when it is sent. */
async function hashAll(batch: readonly Waiting[], signal: AbortSignal): Promise<(string | undefined)[]> {
  const hashes: (string | undefined)[] = []
  const places = batch.keys()
  const work = async (): Promise<void> => {
    for (const i of places) {
      signal.throwIfAborted()
      hashes[i] = await batch[i]?.file
        .open()
        .then((file) => (file.size <= MAX_BYTES ? hashOf(file) : undefined))
        .catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: HASHED_AT_ONCE }, work))
  return hashes
}
