import { ApiError, send } from './lib/api.ts'
import { go } from './lib/place.ts'

/**
 * Swaps the token of a link that the terminal printed for a session. It counts once: a link that was opened before is no
 * mistake of whoever has a session.
 */
export async function enter(): Promise<void> {
  if (location.pathname !== '/enter') return
  const token = decodeURIComponent(location.hash.slice(1))
  // Out of the address and out of the history, whatever comes of it.
  go('/', { replace: true })
  if (!token) return
  const body = JSON.stringify({ token })
  const headers = { 'content-type': 'application/json' }
  await send('/enter', { method: 'POST', headers, body }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status === 0) throw error
  })
}
