import { ApiError, send } from './api.ts'

const PATH = '/enter'

/** Swaps the token in the address for a session, where somebody came by a link of the terminal; the link works once. */
export async function enterByLink(): Promise<void> {
  if (location.pathname !== PATH) return
  const token = location.hash.slice(1)
  // Not even the history keeps it.
  history.replaceState(null, '', '/')
  if (token === '') return
  await send(PATH, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
    // Whoever is logged in already may use an old link.
    .catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error
    })
}
