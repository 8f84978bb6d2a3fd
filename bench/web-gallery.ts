// The gallery of the web page with 100,000 examples, in Chromium: first thumbnails, scrolling, jumps, elements and memory.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { closeBrowser, noBrowser, visit } from '../test/support/web/browser.ts'
import { fillWithExamples, numberedLabels } from '../test/support/web/many-examples.ts'
import { openTestSite } from '../test/support/web/site.ts'
import { type Cells, watchCells } from './web-gallery-page.ts'

const EXAMPLES = 100_000
const LABELS = 50
const VIEWPORT = { width: 1280, height: 800 }
/** Pages that are opened anew; the median counts. */
const OPENED = 5
/** Places that are jumped to, spread over all. */
const JUMPS = 20
/** Milliseconds in which 90 % of what is on the screen should be painted. */
const PATIENCE_MS = 500
/** Milliseconds of scrolling, at so many pixels a second: a flick of the wheel, and reading on. */
const SCROLLED_MS = 5000
const SPEEDS = [1000, 4000]

declare const cells: Cells

/** @param examples fewer for a look at the bench itself */
export async function measureWebGallery(examples: number = EXAMPLES) {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-bench-gallery-'))
  await fillWithExamples(home, { examples, labels: numberedLabels(LABELS) })
  const site = await openTestSite({ home })
  try {
    const { page, close } = await visit(site.link(), { viewport: VIEWPORT })
    await page.waitForSelector('main h1')
    await page.addInitScript(watchCells)
    const address = `${site.origin}/local/main/gallery`
    const opened: { page: number; thumbnail: number }[] = []
    for (let i = 0; i < OPENED; i++) opened.push(await openAnew(page, address))
    const scrolled: Scrolled[] = []
    for (const speed of SPEEDS) scrolled.push({ speed, ...(await scroll(page, speed)) })
    const jumps = await jump(page)
    const nodes = await page.evaluate(() => cells.mostNodes())
    const memory = await readMemory(page)
    await close()
    return { examples, opened: median(opened), scrolled, jumps, nodes, ...memory }
  } finally {
    await closeBrowser()
    await site.close()
    rmSync(home, { recursive: true, force: true })
  }
}

type Scrolled = { speed: number; framesPerSecond: number; longestMs: number; within: number | null; stopped: number }

/** Milliseconds from the address until the page is drawn, and from there to the first thumbnail. */
async function openAnew(page: Page, address: string): Promise<{ page: number; thumbnail: number }> {
  await page.goto('about:blank')
  await page.goto(address)
  await page.waitForFunction(() => cells.firstPainted() !== undefined)
  return page.evaluate(() => {
    const drawn = cells.pageDrawn() ?? 0
    return { page: drawn, thumbnail: (cells.firstPainted() ?? 0) - drawn }
  })
}

const median = (opened: { page: number; thumbnail: number }[]) =>
  opened.toSorted((a, b) => a.thumbnail - b.thumbnail)[opened.length >> 1] ?? { page: 0, thumbnail: 0 }

async function scroll(page: Page, speed: number): Promise<Omit<Scrolled, 'speed'>> {
  await page.evaluate(() => cells.reset())
  const frames = await page.evaluate(
    ({ speed, duration }) =>
      new Promise<number[]>((resolve) => {
        const lengths: number[] = []
        const start = performance.now()
        let last = start
        const step = (now: number): void => {
          lengths.push(now - last)
          scrollBy({ top: (speed * (now - last)) / 1000, behavior: 'instant' })
          last = now
          if (now - start < duration) requestAnimationFrame(step)
          else resolve(lengths.slice(1))
        }
        requestAnimationFrame(step)
      }),
    { speed, duration: SCROLLED_MS },
  )
  const within = await page.evaluate((patience) => cells.shareWithin(patience), PATIENCE_MS)
  await page.waitForTimeout(PATIENCE_MS)
  const stopped = await page.evaluate(() => cells.shareOnScreen())
  const total = frames.reduce((sum, ms) => sum + ms, 0)
  return { framesPerSecond: (1000 * frames.length) / total, longestMs: Math.max(...frames), within, stopped }
}

/** The share of cells on the screen that were painted in time after each jump; the mean and the worst. */
async function jump(page: Page): Promise<{ mean: number; worst: number }> {
  const shares: number[] = []
  for (let i = 1; i <= JUMPS; i++) {
    // To and fro, so that nothing is near what was before.
    const share = ((i * 7) % (JUMPS + 1)) / (JUMPS + 1)
    await page.evaluate((share) => scrollTo({ top: share * document.body.scrollHeight, behavior: 'instant' }), share)
    await page.waitForTimeout(PATIENCE_MS)
    shares.push(await page.evaluate(() => cells.shareOnScreen()))
  }
  return { mean: shares.reduce((sum, share) => sum + share, 0) / shares.length, worst: Math.min(...shares) }
}

/** Of scripts and of the whole process that draws the page, in MiB. */
async function readMemory(page: Page): Promise<{ heapMiB: number; processMiB: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  const browser = page.context().browser()
  if (!browser) throw new Error('Expected a browser around the page, found none')
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo')
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateBytes(id))
  return { heapMiB: heap / 2 ** 20, processMiB: Math.max(...sizes) / 2 ** 20 }
}

/** Memory of a process that it shares with no other. */
function privateBytes(pid: number): number {
  const [, kilobytes] = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

// One line of JSON for bench/run.ts.
if (import.meta.main) {
  const figures = noBrowser ? null : await measureWebGallery(Number(process.argv[2]) || EXAMPLES)
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
