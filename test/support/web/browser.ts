// Debian's Chromium, as people's browsers are, with what a page does wrong collected.
import { existsSync } from 'node:fs'
import AxeBuilder from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core'

const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** What to tell where there is no browser; `false`: there is one. For the option `skip` of a test. */
export const noBrowser: string | false = EXECUTABLE === undefined && 'there is no Chromium on this machine'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  // A camera that shows a moving pattern; pages are still asked for permission.
  '--use-fake-device-for-media-stream',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let running: Promise<Browser> | undefined

/** One browser for all tests of a file; close it with `closeBrowser` at the end. */
const browser = (): Promise<Browser> =>
  (running ??= chromium.launch({ executablePath: EXECUTABLE!, args: ARGS, headless: true }))

export async function closeBrowser(): Promise<void> {
  await (await running)?.close()
  running = undefined
}

/** Requests of each page that have no answer yet. */
const unanswered = new WeakMap<Page, Set<unknown>>()
const QUIET_MS = 200

/** Waits until everything that a page asked for is answered, and nothing new was asked for a moment. */
export async function settled(page: Page): Promise<void> {
  const waiting = unanswered.get(page)!
  for (let quiet = 0; quiet < QUIET_MS; ) {
    await page.waitForTimeout(QUIET_MS / 4)
    quiet = waiting.size === 0 ? quiet + QUIET_MS / 4 : 0
  }
}

export type Visit = { page: Page; problems: string[]; close(): Promise<void> }

/**
 * A visitor with a profile of their own, on a page. `problems`: errors of the console, violations of the policy, requests to
 * anywhere else, and answers that failed on the server's side: a test asserts that there are none.
 */
export async function visit(link: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await (await browser()).newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  const problems: string[] = []
  const { origin } = new URL(link)
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  const waiting = new Set<unknown>()
  unanswered.set(page, waiting)
  // The stream of events has no end.
  page.on('request', (request) => request.resourceType() !== 'eventsource' && waiting.add(request))
  const end = (request: Request): unknown => waiting.delete(request)
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== origin) problems.push(`request to ${url}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} of ${response.url()}`)
  })
  await page.goto(link)
  return { page, problems, close: () => context.close() }
}

/** Waits until nothing fades or moves anymore but what does so for ever. */
const still = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const { document } = globalThis as any
    const ending = document.getAnimations().filter((each: any) => each.effect.getComputedTiming().endTime < Infinity)
    return Promise.allSettled(ending.map((each: any) => each.finished)).then(() => undefined)
  })

/** What axe finds wrong with the page once it stands still, a line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Halfway through a fade no text has its contrast.
  await still(page)
  // The page's own policy lets no script in that is not its own; the driver may.
  await page.evaluate(AxeBuilder.source)
  const { violations } = await page.evaluate(async () => (globalThis as any).axe.run())
  return violations.map(
    ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
  )
}
