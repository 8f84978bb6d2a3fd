import { ApiError } from '../lib/api.ts'
import { words } from '../lib/words.ts'

/** What went wrong, in the visitor's language. */
export function sayError(error: unknown): { title: string; text?: string } {
  const { shell } = words()
  if (!(error instanceof ApiError)) {
    // A mistake of the page: whoever looks into it finds it in the browser's console.
    reportError(error)
    return { title: shell.failed }
  }
  if (error.status === 0) return { title: shell.unreachable }
  if (error.status === 401) return { title: shell.signedOut, text: shell.signedOutText }
  return { title: error.message || shell.unexpected }
}
