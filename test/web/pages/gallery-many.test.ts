import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { closeBrowser, noBrowser } from '../../support/web/browser.ts'
import { openTestGallery, type TestGallery } from '../../support/web/gallery.ts'
import { numberedLabels } from '../../support/web/many-examples.ts'

const EXAMPLES = 20_000
const MOST_NODES = 1000

let gallery: TestGallery
before(async () => {
  if (!noBrowser) gallery = await openTestGallery({ examples: EXAMPLES, labels: numberedLabels(20) })
})
after(async () => {
  await gallery?.close()
  await closeBrowser()
})

const countNodes = () => gallery.page.evaluate(() => document.getElementsByTagName('*').length)

test('20,000 pictures: few elements, a true scroll bar, and the end is reached', { skip: noBrowser }, async () => {
  const { page, problems } = gallery
  await gallery.open('?sort=oldest')
  assert.equal(await page.locator('.page-head h1 + p').textContent(), '20,000 pictures')
  const { rows, columns, height, cell } = await page.evaluate(() => {
    const grid = document.querySelector('.grid')!
    return {
      rows: Number(grid.getAttribute('aria-rowcount')),
      columns: Number(grid.getAttribute('aria-colcount')),
      height: grid.clientHeight,
      cell: document.querySelector('.cell')!.getBoundingClientRect().height,
    }
  })
  assert.equal(rows, Math.ceil(EXAMPLES / columns))
  assert.ok(Math.abs(height - rows * (cell + 4)) < 10, `${height} for ${rows} rows of ${cell}`)
  const most: number[] = []
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await page.evaluate((share) => scrollTo({ top: share * document.body.scrollHeight, behavior: 'instant' }), share)
    await page.waitForFunction(() => {
      const cells = [...document.querySelectorAll('.cell')].filter((each) => {
        const { top, bottom } = each.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
      return cells.length > 0 && cells.every((each) => each.matches('.known:has(img.there)'))
    })
    most.push(await countNodes())
  }
  assert.ok(Math.max(...most) < MOST_NODES, `${most} elements`)
  const last = page.locator(`[data-place="${EXAMPLES - 1}"]`)
  assert.match((await last.getAttribute('aria-label')) ?? '', /picture-19999\.png/)
  assert.ok(await last.isVisible())
  assert.deepEqual(problems, [])
})

test('the largest screen with the smallest thumbnails has few elements, too', { skip: noBrowser }, async () => {
  const { page, close } = await gallery.visitAs({ viewport: { width: 3840, height: 2160 } })
  await gallery.open('?sort=label', page)
  await page.getByRole('slider').fill('88')
  await page.evaluate(() => scrollTo({ top: 5000, behavior: 'instant' }))
  await page.waitForFunction(() => document.querySelectorAll('.cell.known').length > 200)
  const nodes = await page.evaluate(() => document.getElementsByTagName('*').length)
  assert.ok(nodes < MOST_NODES, `${nodes} elements`)
  await close()
})

test('pictures that are scrolled past are not asked for', { skip: noBrowser }, async () => {
  const { page } = gallery
  await gallery.open('?sort=oldest')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/pictures/')) asked.push(request.url())
  })
  // From the beginning to the end in fifty steps, without a stop.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let step = 0
        const go = (): void => {
          step++
          scrollTo({ top: (step / 50) * document.body.scrollHeight, behavior: 'instant' })
          if (step < 50) requestAnimationFrame(go)
          else resolve()
        }
        go()
      }),
  )
  await page.waitForSelector(`[data-place="${EXAMPLES - 1}"].known img.there`)
  const screens = await page.locator('.cell').count()
  assert.ok(asked.length < 12 * screens, `${asked.length} pictures for ${screens} cells`)
})

test('who comes back gets 304: neither the list nor the pictures are sent again', { skip: noBrowser }, async () => {
  const { page } = gallery
  await gallery.open()
  await allPainted(page)
  const statuses = await listenToStatuses(page)
  await page.goto('about:blank')
  await gallery.open()
  await allPainted(page)
  assert.deepEqual(statuses('/gallery/ids'), new Set([304]))
  assert.deepEqual(statuses('/pictures/'), new Set([304]))
})

/** Also those next to the screen, which are loaded ahead. */
const allPainted = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('.cell')].every((cell) => cell.matches('.known:has(img.there)')),
  )

/** As they came over the wire: what a browser tells of an answer that it had already is that it was whole. */
async function listenToStatuses(page: Page) {
  const session = await page.context().newCDPSession(page)
  const urls = new Map<string, string>()
  const told: { id: string; status: number }[] = []
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url))
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) =>
    told.push({ id: requestId, status: statusCode }),
  )
  await session.send('Network.enable')
  return (part: string): Set<number> =>
    new Set(told.filter(({ id }) => urls.get(id)?.includes(part)).map(({ status }) => status))
}

test('the focus survives its picture being far off the screen', { skip: noBrowser }, async () => {
  const { page } = gallery
  await gallery.open('?sort=oldest')
  await page.locator('[data-place="0"]').focus()
  await page.evaluate(() => scrollTo({ top: 40_000, behavior: 'instant' }))
  await page.waitForFunction(() => !document.querySelector('[data-place="30"]'))
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-place'))
  assert.equal(await focused(), '0')
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), '1')
  assert.ok(await page.locator('[data-place="1"]').isVisible())
  assert.ok((await page.evaluate(() => scrollY)) < 1000)
  await page.keyboard.press('End')
  assert.equal(await focused(), String(EXAMPLES - 1))
  await page.waitForSelector(`[data-place="${EXAMPLES - 1}"].known img.there`)
})
