// The first page for somebody whose browser has nothing of it yet: bytes, requests, and when something can be used.
import { closeBrowser, noBrowser } from '../../test/support/web/browser.ts'
import { loadFirst } from '../../test/support/web/first-load.ts'
import { openTestSite } from '../../test/support/web/site.ts'
import { describeDurations } from './durations.ts'

/** Browsers with nothing in their cache that open it one after the other. */
const OPENED = 15

/** `first`: of the browser that comes first, for which files are packed. Null: there is no browser on this machine. */
export async function measureLoad({ opened = OPENED } = {}) {
  if (noBrowser) return null
  const site = await openTestSite()
  try {
    const times: number[] = []
    let [bytes, requests] = [0, 0]
    for (let i = 0; i <= opened; i++) {
      const { loaded, interactive } = await loadFirst(site)
      times.push(interactive)
      requests = loaded.length
      bytes = loaded.reduce((sum, each) => sum + each.bytes, 0)
    }
    const [first = 0, ...others] = times
    return { bytes, requests, first, interactive: describeDurations(others) }
  } finally {
    await closeBrowser()
    await site.close()
  }
}
