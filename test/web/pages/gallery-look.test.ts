// The gallery on a phone, in two languages, light and dark, and with names that would like to be more than text.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessibilityProblems, closeBrowser, noBrowser, settled, visit } from '../../support/web/browser.ts'
import { countSelected, openTestGallery, sidewaysScroll, type TestGallery } from '../../support/web/gallery.ts'
import { openTestSite } from '../../support/web/site.ts'

const skip = noBrowser
const NASTY = ['<img src=x onerror="globalThis.broken=1">', 'שלום RTL', '🦊 fox & <b>bold</b>', 'a'.repeat(100)]
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

let gallery: TestGallery
before(async () => {
  if (!skip) gallery = await openTestGallery({ examples: 120, labels: NASTY })
})
after(async () => {
  await gallery?.close()
  await closeBrowser()
})

const LOOKS = [
  { colorScheme: 'light', locale: 'en-GB' },
  { colorScheme: 'dark', locale: 'en-GB' },
  { colorScheme: 'light', locale: 'ja-JP' },
  { colorScheme: 'dark', locale: 'ja-JP' },
] as const

for (const look of LOOKS)
  test(`nothing stands in the way of anybody: ${look.colorScheme}, ${look.locale}`, { skip }, async () => {
    const { page, problems, close } = await gallery.visitAs(look)
    await gallery.open('', page)
    await page.locator('[data-place="0"]').click()
    await page.locator('[data-place="3"]').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Enter')
    await page.locator('.details-panel .facts').waitFor()
    await settled(page)
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.locator('.tools-row > button').click()
    await page.locator('.filter-dialog .check').first().waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    assert.deepEqual(problems, [])
    await close()
  })

test('on a phone: a press shows, a long press selects, nothing is wider than the screen', { skip }, async () => {
  const { page, problems, close } = await gallery.visitAs(PHONE)
  await gallery.open('?width=1&text=p&sort=label', page)
  assert.ok((await sidewaysScroll(page)) <= 0)
  await page.locator('[data-place="1"]').tap()
  await page.locator('dialog .facts').waitFor()
  assert.ok((await sidewaysScroll(page)) <= 0)
  assert.deepEqual(await accessibilityProblems(page), [])
  await page.getByRole('button', { name: 'Next picture' }).tap()
  await page.getByText('3 of 120').waitFor()
  await page.getByRole('button', { name: 'Close' }).first().tap()
  await page.locator('dialog .facts').waitFor({ state: 'hidden' })
  await page.locator('.cell[tabindex="0"]').focus()
  await page.keyboard.press('Enter')
  await page.getByText('3 of 120').waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByText('2 of 120').waitFor()
  await page.getByRole('button', { name: 'Close' }).first().tap()
  await longPress('[data-place="0"]')
  assert.equal(await countSelected(page), 1)
  await page.locator('[data-place="2"]').tap()
  assert.equal(await countSelected(page), 2)
  assert.match((await page.locator('.selection-bar').textContent()) ?? '', /2 selected/)
  assert.ok((await sidewaysScroll(page)) <= 0)
  assert.deepEqual(await accessibilityProblems(page), [])
  for (const box of await buttonBoxes()) assert.ok(box.width >= 40 && box.height >= 40, JSON.stringify(box))
  assert.deepEqual(problems, [])
  await close()

  async function longPress(selector: string): Promise<void> {
    const { x, y } = (await page.locator(selector).boundingBox())!
    const session = await page.context().newCDPSession(page)
    const touchPoints = [{ x: x + 20, y: y + 20 }]
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await page.locator('.selection-bar').waitFor()
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  async function buttonBoxes() {
    const buttons = await page.locator('.gallery button:visible').all()
    return Promise.all(
      buttons.map(async (button) => ({ ...(await button.boundingBox())!, text: await button.textContent() })),
    )
  }
})

test('an empty dataset says what to do', { skip }, async () => {
  const site = await openTestSite()
  const { page, problems, close } = await visit(site.link())
  await page.waitForSelector('main h1')
  await page.goto(`${site.origin}/local/main/gallery`)
  await page.getByText('No pictures yet').waitFor()
  assert.match((await page.locator('.state a').getAttribute('href')) ?? '', /\/local\/main\/add$/)
  assert.deepEqual(await accessibilityProblems(page), [])
  assert.deepEqual(problems, [])
  await close()
  await site.close()
})

test('names stay text, wherever they are shown', { skip }, async () => {
  const { page, problems } = gallery
  await gallery.open('?sort=label')
  const [html = ''] = NASTY
  await page.goto(gallery.address(`?label=${encodeURIComponent(html)}&predicted=&sort=label`))
  await page.waitForSelector('.cell.known')
  assert.equal(await page.locator('.chip bdi').textContent(), html)
  assert.match((await page.locator('[data-place="0"]').getAttribute('aria-label')) ?? '', /^<img src=x/)
  assert.equal(await page.locator('.cell[data-note]').first().getAttribute('data-note'), html)
  await page.locator('[data-place="0"]').dblclick()
  await page.locator('.details-panel .facts a').first().waitFor()
  assert.equal(await page.locator('.details-panel .facts a').first().textContent(), html)
  await page.keyboard.press('m')
  await page.locator('[role="option"]', { hasText: '🦊 fox & <b>bold</b>' }).click()
  await page.locator('.toast', { hasText: '1 picture moved to 🦊 fox & <b>bold</b>' }).waitFor()
  await page.keyboard.press('Control+z')
  await page.locator('.toast', { hasText: 'Undone for 1 picture' }).waitFor()
  assert.equal(await page.evaluate(() => 'broken' in globalThis), false)
  assert.deepEqual(problems, [])
})
