// Opens the page as somebody who was never there, and notes what comes over the line.
import type { Page } from 'playwright-core'
import { visit } from './browser.ts'
import type { TestSite } from './site.ts'

type Loaded = { path: string; bytes: number }

/** An address of the site without a page: a place from which it is opened. */
const BLANK = '/api/none'
/** What people can use on the page that is shown first: buttons that wait for something are disabled. */
const CONTROL = 'main :is(button, input, select, a[href]):not(:disabled)'

/**
 * The page as it opens for somebody who is logged in and whose browser has nothing of it yet.
 * `bytes`: compressed, with headers. `interactive`: milliseconds from the address to the first control that can be used.
 */
export async function loadFirst(site: TestSite, { locale = 'en-GB' } = {}) {
  const [name = '', value = ''] = (await site.logIn()).split('=')
  const { page, problems, close } = await visit(site.origin + BLANK, { locale })
  await page.context().addCookies([{ name, value, url: site.origin }])
  const loaded = await watchLine(page)
  await page.addInitScript(noteFirstControl, CONTROL)
  await page.goto(`${site.origin}/local/main/try`)
  await page.waitForLoadState('networkidle')
  const interactive = await page.evaluate(() => (globalThis as unknown as { interactiveAt: number }).interactiveAt)
  await close()
  return { loaded, interactive, problems }
}

/** Runs in the page, before its own scripts. */
function noteFirstControl(control: string): void {
  const look = (): void => {
    if (!document.querySelector(control)) return void requestAnimationFrame(look)
    Object.assign(globalThis, { interactiveAt: performance.now() })
  }
  requestAnimationFrame(look)
}

/** Everything that is answered, by its path. */
async function watchLine(page: Page): Promise<Loaded[]> {
  const devtools = await page.context().newCDPSession(page)
  const loaded: Loaded[] = []
  const paths = new Map<string, string>()
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) =>
    paths.set(requestId, new URL(request.url).pathname),
  )
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId)
    if (path?.startsWith('/')) loaded.push({ path, bytes: encodedDataLength })
  })
  await devtools.send('Network.enable')
  return loaded
}
