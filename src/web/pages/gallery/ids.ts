import { ApiError, fetchBytes, isAborted, root } from '../lib/api.ts'
import { onRevision } from '../lib/events.ts'
import { useCallback, useEffect, useState } from '../lib/html.ts'
import { place } from '../lib/place.ts'

/** The ids of what a filter lets pass, in order. The browser keeps the answer, and asks only whether it is still true. */
async function fetchIds(query: string, signal?: AbortSignal): Promise<Uint32Array> {
  try {
    return new Uint32Array(await fetchBytes(`gallery/ids${query}`, signal ? { signal } : {}))
  } catch (error) {
    // A dataset is there with its first picture.
    if (error instanceof ApiError && error.code === 'dataset.not-found') return new Uint32Array()
    throw error
  }
}

let ahead: { path: string; ids: Promise<Uint32Array> } | undefined

/** Reads ids before the page is drawn that shows them. */
export function askAhead(query: string): void {
  ahead = { path: root() + query, ids: fetchIds(query) }
  // Whoever waits for them hears of it.
  ahead.ids.catch(() => {})
}

/** Once: later, something may have changed. */
function takeAhead(query: string): Promise<Uint32Array> | undefined {
  const found = ahead?.path === root() + query ? ahead.ids : undefined
  ahead = undefined
  return found
}

/** `query`: what `ids` are of; another one than was asked for while it is on its way. */
export type ListedIds = { query: string; ids?: Uint32Array; error?: unknown; isLoading: boolean; reload: () => void }

/** Reads them, and again whenever anybody changes something. What was there stays until the new is, and where it cannot be had. */
export function useIds(query: string): ListedIds {
  const { server, dataset } = place.value
  const [state, setState] = useState<Omit<ListedIds, 'reload'>>({ query, isLoading: true })
  const [attempt, setAttempt] = useState(0)
  const reload = useCallback(() => setAttempt((before) => before + 1), [])
  useEffect(() => onRevision(reload), [])
  useEffect(() => {
    const controller = new AbortController()
    setState((before) => ({ ...before, isLoading: true }))
    const reading = takeAhead(query) ?? fetchIds(query, controller.signal)
    reading.then(
      (ids) => controller.signal.aborted || setState({ query, ids, isLoading: false }),
      (error: unknown) => {
        if (controller.signal.aborted || isAborted(error)) return
        setState((before) =>
          before.query === query && before.ids ? { ...before, isLoading: false } : { query, error, isLoading: false },
        )
      },
    )
    return () => controller.abort()
  }, [server, dataset, query, attempt])
  return { ...state, reload }
}
