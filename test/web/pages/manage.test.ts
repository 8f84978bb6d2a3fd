// Labels, settings and everything else that is managed on the page, in a real browser: the database says what came of it.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { readSettings } from '../../../src/services/settings.ts'
import {
  accessibilityProblems,
  closeBrowser,
  noBrowser,
  settled,
  type Visit,
  visit,
} from '../../support/web/browser.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

let site: TestSite
let visitor: Visit
let page: Page
before(async () => {
  if (noBrowser) return
  site = await openTestSite()
  await site.run('add-samples')
  await site.run('train')
  visitor = await visit(site.link(), { acceptDownloads: true })
  page = visitor.page
  await page.waitForSelector('nav')
})
after(async () => {
  await visitor?.close()
  await closeBrowser()
  await site?.close()
})

const open = async (path: string): Promise<void> => {
  await page.goto(`${site.origin}/local/main/${path}`)
  await page.waitForSelector('h1')
}
const labelNames = async (): Promise<string[]> => {
  const [{ values }] = await site.run('labels')
  return values.labels.map(({ label }: { label: string }) => label)
}
/** Does something, and waits until the server has answered the command that it leads to. */
const answered = async (command: string, act: () => Promise<unknown>): Promise<void> => {
  const isAnswer = (url: string): boolean => new URL(url).pathname.endsWith(`/${command}`)
  const before = page.waitForResponse(
    (response) => isAnswer(response.url()) && hasOptions(response.request().postData()),
  )
  await act()
  await before
}
/** What changes something: the page also asks for the settings, without options. */
const hasOptions = (body: string | null): boolean => body !== null && body !== '{}'
const toast = (text: RegExp): Promise<void> => page.locator('.toast', { hasText: text }).first().waitFor()

test('a label is renamed, with a name that looks like markup and stays text', { skip: noBrowser }, async () => {
  await open('labels')
  const [first = ''] = await labelNames()
  const card = page.locator('.label-card', { hasText: first })
  await card.locator('img.picture.there').first().waitFor()
  await card.getByRole('button', { name: 'Rename' }).click()
  const name = '<img src=x onerror=alert(1)> 🦊'
  await page.getByLabel('New name').fill(name)
  await page.keyboard.press('Enter')
  await toast(/onerror/)
  assert.ok((await labelNames()).includes(name))
  assert.equal(await page.locator('img[src="x"]').count(), 0)
})

test(
  'deleting asks, is taken back from the toast, and from the list of deleted labels',
  { skip: noBrowser },
  async () => {
    await open('labels')
    const before = await labelNames()
    const card = page.locator('.label-card').first()
    const name = (await card.locator('h2').textContent())!
    await card.getByRole('button', { name: 'Delete' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Delete/ })
      .click()
    await page.locator('.toast', { hasText: 'eleted' }).getByRole('button', { name: 'Undo' }).click()
    await toast(/Undone/)
    assert.deepEqual(await labelNames(), before)
    await page.locator('.label-card', { hasText: name }).getByRole('button', { name: 'Delete' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Delete/ })
      .click()
    await page.locator('.deleted-labels').getByRole('button', { name: 'Bring back' }).click()
    await page.locator('.label-card', { hasText: name }).waitFor()
    assert.deepEqual(await labelNames(), before)
  },
)

test('merging asks for the other label, and can be taken back', { skip: noBrowser }, async () => {
  await open('labels')
  const [first = '', second = ''] = await labelNames()
  await page.locator('.label-card').first().getByRole('button', { name: 'Merge into another' }).click()
  await page.getByRole('dialog').getByRole('option', { name: second }).click()
  await page.locator('.toast', { hasText: second }).getByRole('button', { name: 'Undo' }).waitFor()
  assert.deepEqual(await labelNames(), [second])
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).first().click()
  await toast(/Undone/)
  assert.deepEqual(await labelNames(), [first, second])
})

test('settings are saved as they are chosen, and match the database', { skip: noBrowser }, async () => {
  await open('manage')
  const caution = page.getByLabel('How much is answered')
  await answered('settings', () => caution.selectOption('high'))
  await toast(/Saved/)
  await answered('settings', () => page.getByLabel('When to train').selectOption('schedule'))
  await answered('settings', () => page.getByLabel('At this hour').selectOption('4'))
  await page.getByLabel('Time zone').fill('Asia/Tokyo')
  await answered('settings', () => page.keyboard.press('Enter'))
  const settings = await readSettings(site.app.db, '')
  assert.deepEqual(
    [settings.caution, settings.retraining, settings.trainAt, settings.timeZone],
    ['high', 'schedule', 4, 'Asia/Tokyo'],
  )
  await page.getByLabel('Time zone').fill('Asia/Nowhere')
  await page.keyboard.press('Enter')
  await page.locator('.toast.bad').waitFor()
  assert.equal((await readSettings(site.app.db, '')).timeZone, 'Asia/Tokyo')
})

test('what is typed while settings are read again stays', { skip: noBrowser }, async () => {
  await open('manage')
  const zone = page.getByLabel('Time zone')
  await zone.fill('Europe/Paris')
  const held = Promise.withResolvers<void>()
  const reads = /\/settings$/
  await page.route(reads, async (route) => {
    if (!hasOptions(route.request().postData())) await held.promise
    await route.continue()
  })
  await answered('settings', () => page.keyboard.press('Enter'))
  await zone.fill('Europe/Ber')
  held.resolve()
  await settled(page)
  assert.equal(await zone.inputValue(), 'Europe/Ber')
  await page.unroute(reads)
  // Untouched, a field shows what is saved.
  await zone.fill('Europe/Berlin ')
  await answered('settings', () => page.keyboard.press('Enter'))
  await settled(page)
  assert.equal(await zone.inputValue(), 'Europe/Berlin')
})

test('an Enter that ends the composition of a word sends no form', { skip: noBrowser }, async () => {
  await open('manage?tab=people')
  const field = page.getByLabel('Person').first()
  await field.fill('tes')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await field.evaluate((element) =>
    element.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
    ),
  )
  assert.deepEqual(sent, [])
})

test('what one person added is taken out and brought back', { skip: noBrowser }, async () => {
  await open('manage?tab=people')
  await page.getByLabel('Person').first().fill('tester')
  await page.getByRole('button', { name: 'Show what would be taken out' }).click()
  const withdraw = page.getByRole('button', { name: 'Withdraw their pictures' })
  await answered('withdraw-now', () => withdraw.click())
  await page.locator('.answer', { hasText: '10' }).waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  const states = await site.app.db.selectFrom('examples').select('state').distinct().execute()
  assert.deepEqual(states, [{ state: 'withdrawn' }])
  const bringBack = page.getByRole('button', { name: 'Bring their pictures back' })
  await answered('withdraw', () => bringBack.click())
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  const after = await site.app.db.selectFrom('examples').select('state').distinct().execute()
  assert.deepEqual(after, [{ state: 'kept' }])
})

test('from the gallery, too, and undone from there', { skip: noBrowser }, async () => {
  await open('gallery')
  await page.locator('.cell.known').first().waitFor()
  await page.locator('.cell').first().click()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Withdraw all of this person' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw their pictures' }).click()
  const undo = page.locator('.toast').getByRole('button', { name: 'Undo' })
  await undo.waitFor()
  const withdrawn = await site.app.db.selectFrom('examples').select('state').distinct().execute()
  assert.deepEqual(withdrawn, [{ state: 'withdrawn' }])
  await answered('withdraw', () => undo.click())
  await page.locator('.cell.known').first().waitFor()
  const after = await site.app.db.selectFrom('examples').select('state').distinct().execute()
  assert.deepEqual(after, [{ state: 'kept' }])
})

test('every change is listed, the latest first', { skip: noBrowser }, async () => {
  await open('manage?tab=audit')
  const rows = page.locator('.answer tr')
  await rows.first().waitFor()
  const [latest] = await site.app.db.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).execute()
  assert.ok((await rows.allTextContents()).some((text) => text.includes(`#${latest!.id}`)))
})

test('a token for a script is shown once, works, and ends', { skip: noBrowser }, async () => {
  await open('manage?tab=devices')
  await page.getByLabel('What it is for').fill('nightly')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const token = (await page.locator('.token').textContent())!
  const me = (): Promise<Response> => fetch(`${site.origin}/api/me`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await me()).status, 200)
  await page.reload()
  await page.locator('.rows li', { hasText: 'nightly' }).getByRole('button', { name: 'Sign out' }).click()
  await toast(/Signed out/)
  assert.equal((await me()).status, 401)
  assert.equal(await page.locator('.token').count(), 0)
})

test('the operator downloads a backup that opens and holds everything', { skip: noBrowser }, async () => {
  await open('manage?tab=operator')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download a backup' }).click(),
  ])
  const file = await download.path()
  assert.ok(existsSync(file))
  const copy = new SQLite(file, { readonly: true })
  assert.deepEqual(copy.prepare('select count(*) as n from examples').get(), { n: 10 })
  copy.close()
  await page.locator('.panel', { hasText: 'Health' }).locator('.answer').waitFor()
})

test('every tab is accessible, light and dark, in both languages', { skip: noBrowser }, async () => {
  const found: string[] = []
  for (const locale of ['en-GB', 'ja-JP'])
    for (const colorScheme of ['light', 'dark'] as const) {
      const other = await visit(site.link(), { locale, colorScheme })
      await other.page.waitForSelector('nav')
      for (const tab of [
        'labels',
        ...['settings', 'people', 'audit', 'backbones', 'devices'].map((t) => `manage?tab=${t}`),
      ]) {
        await other.page.goto(`${site.origin}/local/main/${tab}`)
        await other.page.waitForSelector('.card, .label-card')
        for (const problem of await accessibilityProblems(other.page))
          found.push(`${locale} ${colorScheme} ${tab} ${problem}`)
      }
      assert.deepEqual(other.problems, [])
      await other.close()
    }
  assert.deepEqual(found, [])
})

test('on a phone nothing scrolls sideways', { skip: noBrowser }, async () => {
  const phone = await visit(site.link(), { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  await phone.page.waitForSelector('nav')
  for (const tab of ['labels', 'manage', 'manage?tab=audit', 'manage?tab=backbones', 'manage?tab=operator']) {
    await phone.page.goto(`${site.origin}/local/main/${tab}`)
    await phone.page.waitForSelector('.card, .label-card')
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(wide <= 0, `${tab}: ${wide} pixels too wide`)
  }
  assert.deepEqual(phone.problems, [])
  await phone.close()
})

test('nothing on the way broke a rule of the page', { skip: noBrowser }, () => {
  assert.deepEqual(visitor.problems, [])
  assert.deepEqual(site.lines, [])
})
