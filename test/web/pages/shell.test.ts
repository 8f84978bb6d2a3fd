// What is around every page, in a real browser.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { accessibilityProblems, closeBrowser, noBrowser, visit } from '../../support/web/browser.ts'
import { sample } from '../../support/web/pictures.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

const PHONE = { width: 360, height: 740 }
const WIDE = { width: 1440, height: 900 }
const TITLES = { 'en-GB': 'What does it show?', 'ja-JP': 'これは何の画像ですか？' }

const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth)

describe('the frame of the page', { skip: noBrowser }, () => {
  let site: TestSite
  before(async () => {
    site = await openTestSite()
    await site.run('add-samples')
    await site.run('train')
    await site.run('datasets', { action: 'copy', name: 'main', to: '猫 & <b>' })
  })
  after(async () => {
    await closeBrowser()
    await site?.close()
  })

  /** The first page of somebody who has just come in. */
  async function enter(options: Parameters<typeof visit>[1] & { locale?: keyof typeof TITLES } = {}) {
    const visitor = await visit(site.link(), options)
    await visitor.page.getByRole('heading', { name: TITLES[options.locale ?? 'en-GB'] }).waitFor()
    return visitor
  }

  for (const locale of ['en-GB', 'ja-JP'] as const)
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${locale}, ${colorScheme}: accessible, on a phone and on a wide screen`, async () => {
        const { page, problems, close } = await enter({ locale, colorScheme, viewport: PHONE })
        assert.deepEqual(await accessibilityProblems(page), [])
        assert.equal(await widthOf(page), PHONE.width)
        await page.setViewportSize(WIDE)
        assert.deepEqual(await accessibilityProblems(page), [])
        assert.equal(await widthOf(page), WIDE.width)
        await page.locator('.preferences > button').click()
        assert.deepEqual(await accessibilityProblems(page), [])
        assert.deepEqual(problems, [])
        await close()
      })

  test('by keyboard alone: to the content, to the help and back, and to another page', async () => {
    const { page, close } = await enter()
    await page.keyboard.press('Tab')
    await page.getByRole('link', { name: 'Skip to the content' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('main:focus').waitFor()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await help.getByText('Show the keyboard shortcuts').waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    await page.locator('main:focus').waitFor()
    await page.keyboard.press('2')
    await page.waitForURL('**/local/main/gallery')
    await page.locator('main:focus').waitFor()
    await page.keyboard.press('1')
    await page.waitForURL('**/local/main/try')
    await close()
  })

  test('language and theme are remembered', async () => {
    const { page, close } = await enter()
    await page.getByRole('button', { name: 'Options' }).click()
    await page.getByLabel('Theme').selectOption('Dark')
    await page.getByLabel('Language').selectOption('日本語')
    await page.getByRole('heading', { name: TITLES['ja-JP'] }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: TITLES['ja-JP'] }).waitFor()
    const root = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      scheme: getComputedStyle(document.documentElement).colorScheme,
    }))
    assert.deepEqual(root, { lang: 'ja', scheme: 'dark' })
    await close()
  })

  test('another dataset: chosen, in the address, and where one comes back to', async () => {
    const { page, close } = await enter()
    await page.getByLabel('Dataset').selectOption('猫 & <b>')
    await page.waitForURL(`**/local/${encodeURIComponent('猫 & <b>')}/try`)
    await page.goBack()
    await page.waitForURL('**/local/main/try')
    await page.goForward()
    await page.waitForURL(`**/local/${encodeURIComponent('猫 & <b>')}/try`)
    await page.goto(site.origin)
    await page.waitForURL(`**/local/${encodeURIComponent('猫 & <b>')}/try`)
    assert.equal(await page.getByLabel('Dataset').inputValue(), '猫 & <b>')
    await close()
  })

  test('addresses of nothing say so, and lead back', async () => {
    const { page, problems, close } = await enter()
    for (const path of ['/local/main/nothing', '/12345/main/try', '/local/%E0%A4%A/try']) {
      await page.goto(site.origin + path)
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
      assert.deepEqual(await accessibilityProblems(page), [])
    }
    await page.getByRole('link', { name: 'Go to Try it' }).click()
    await page.getByRole('heading', { name: TITLES['en-GB'] }).waitFor()
    assert.deepEqual(problems, [])
    await close()
  })

  test('who is not signed in is told how to come in', async () => {
    const { page, close } = await visit(`${site.origin}/enter#wrong`)
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
    assert.equal(new URL(page.url()).hash, '')
    assert.deepEqual(await accessibilityProblems(page), [])
    await close()
  })

  test('where a session ends in another browser, the page says so', async () => {
    const { page, close } = await enter()
    await page.evaluate(() => fetch('/leave', { method: 'POST' }))
    await page
      .locator('.drop-zone input[type=file]')
      .first()
      .setInputFiles([sample('Emi-20')])
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
    await close()
  })

  test('a new dataset is begun with a name, and offers the first minute', async () => {
    const { page, problems, close } = await enter()
    await page.getByLabel('Dataset').selectOption('New dataset …')
    await page.getByLabel('What is it called?').fill('shoes <i>')
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Teach me in a minute' }).waitFor()
    assert.equal(await page.getByLabel('Dataset').inputValue(), 'shoes <i>')
    await page.getByRole('button', { name: 'Try with samples' }).click()
    await page.getByText('I had not seen these three').waitFor()
    const { servers } = await (await site.request('/api/me')).json()
    const made = servers[0].datasets.find(({ name }: { name: string }) => name === 'shoes <i>')
    assert.equal(made.examples, 10)
    assert.deepEqual(problems, [])
    await close()
  })

  test('tabs share one stream of events; without it the page says so, and goes on when it is back', async () => {
    const { page, close } = await enter()
    const context = page.context()
    const streams: string[] = []
    context.on('request', (request) => {
      if (request.url().endsWith('/api/events')) streams.push(request.url())
    })
    const second = await context.newPage()
    await second.goto(`${site.origin}/local/main/labels`)
    await second.getByText('5 pictures').nth(1).waitFor()
    assert.deepEqual(streams, [])
    // What changes reaches the tab that has no stream of its own.
    await site.run('undo', { examples: (await exampleIds(site)).slice(0, 1).join() })
    await second.getByText('4 pictures').waitFor()
    await context.route('**/api/events', (route) => route.abort())
    await page.close()
    const offline = second.getByText('No connection to Mekiki')
    await offline.waitFor()
    await context.unroute('**/api/events')
    await offline.waitFor({ state: 'detached' })
    assert.ok(streams.length >= 2)
    await close()
  })
})

const exampleIds = async ({ app: { db } }: TestSite): Promise<number[]> =>
  (await db.selectFrom('examples').select('id').execute()).map(({ id }) => id)
