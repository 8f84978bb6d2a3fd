import { isAborted } from './api.ts'
import { useCallback, useEffect, useState } from './html.ts'

/** Something that is read: not yet, or what came, or why nothing did. What was there before stays until the new is. */
type Loaded<T> = { value?: T; error?: unknown; isLoading: boolean; reload(): void }

/** Reads something, and again whenever one of `inputs` changes. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown; isLoading: boolean }>({ isLoading: true })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const controller = new AbortController()
    setState(({ value }) => ({ ...(value !== undefined && { value }), isLoading: true }))
    load(controller.signal).then(
      (value) => controller.signal.aborted || setState({ value, isLoading: false }),
      (error: unknown) => controller.signal.aborted || isAborted(error) || setState({ error, isLoading: false }),
    )
    return () => controller.abort()
  }, [...inputs, attempt])
  const reload = useCallback(() => setAttempt((before) => before + 1), [])
  return { ...state, reload }
}
