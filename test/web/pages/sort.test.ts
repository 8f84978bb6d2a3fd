// Sorting a pile in a real browser: grouped by what Mekiki thinks, stored only when somebody says so, taken back.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { noisy } from '../../support/bad-pictures.ts'
import { accessibilityProblems, closeBrowser, noBrowser, type Visit, visit } from '../../support/web/browser.ts'
import { dropPaths, writeFiles } from '../../support/web/many-files.ts'
import { sample } from '../../support/web/pictures.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

const EACH = 12
const STRANGE = 6

/** Like a picture that was taught, and not the same. */
const variant = (name: string, i: number): Promise<Buffer> =>
  sharp(sample(name).buffer)
    .modulate({ brightness: 0.94 + i / 100 })
    .jpeg({ quality: 80 })
    .toBuffer()

/** Thirty pictures of two characters and of nothing, one that is broken, and what a system left. */
async function writePile(folder: string): Promise<string> {
  const files: Record<string, Uint8Array | string> = { 'pile/broken.jpg': 'no picture', 'pile/.DS_Store': 'x' }
  for (let i = 0; i < EACH; i++) {
    files[`pile/a/${i}.jpg`] = await variant('Botan-20', i)
    files[`pile/b/${i}.jpg`] = await variant('Emi-20', i)
  }
  for (let i = 0; i < STRANGE; i++) files[`pile/noise ${i}.jpg`] = await noisy(i).jpeg().toBuffer()
  return join(writeFiles(folder, files), 'pile')
}

const labelsOf = async (site: TestSite): Promise<Record<string, number>> =>
  Object.fromEntries((await site.run('labels'))[0].values.labels.map((l: any) => [l.label, l.examples]))
const group = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}:`) })

describe('sorting', { skip: noBrowser }, () => {
  let site: TestSite
  let folder: string
  let visitor: Visit
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mekiki-sort-'))
    site = await openTestSite()
    await site.run('add-samples')
    visitor = await visit(site.link())
    await visitor.page.waitForURL(/\/try$/)
  })
  after(async () => {
    await closeBrowser()
    await site?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('before anything was learned, it says so', async () => {
    const { page } = visitor
    await page.goto(`${site.origin}/local/main/sort`)
    await page.getByRole('heading', { name: 'I have to learn first' }).waitFor()
    await site.run('train', { head: 'svm' })
    assert.deepEqual(await accessibilityProblems(page), [])
  })

  test('thirty pictures are grouped, and nothing is stored', async () => {
    const { page, problems } = visitor
    await page.reload()
    await page.locator('.sort-drop').waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    await dropPaths(page, [await writePile(folder)])
    await page.getByText(`${2 * EACH + STRANGE} left to decide · 1 system file left out`).waitFor()
    await page.waitForFunction((n) => document.querySelectorAll('.sort-cell').length === n, 2 * EACH + STRANGE)
    const names = await page
      .locator('.sort-group')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))
    assert.deepEqual(names, [
      `Botan: ${EACH} pictures`,
      `Emi: ${EACH} pictures`,
      `None of the labels: ${STRANGE} pictures`,
    ])
    await page.getByRole('heading', { name: '1 file could not be looked at' }).waitFor()
    assert.match(await page.locator('.sort-broken').innerText(), /broken\.jpg\s+I can’t read this file/)
    assert.deepEqual(await accessibilityProblems(page), [])
    assert.deepEqual(await labelsOf(site), { Botan: 5, Emi: 5 })
    assert.deepEqual(problems, [])
  })

  test('a group is accepted, and taken back with a key', async () => {
    const { page } = visitor
    await group(page, 'Botan')
      .getByRole('button', { name: `Accept ${EACH}` })
      .click()
    await page.getByText(`${EACH} pictures added to Botan`).waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 5 + EACH, Emi: 5 })
    assert.equal(await group(page, 'Botan').count(), 0)
    await page.keyboard.press('Control+z')
    await group(page, 'Botan').waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 5, Emi: 5 })
    await group(page, 'Botan')
      .getByRole('button', { name: `Accept ${EACH}` })
      .click()
    await page.waitForFunction(() => document.querySelectorAll('.sort-group').length === 2)
  })

  test('some of a group get another label, by keyboard alone; Enter of a composition chooses nothing', async () => {
    const { page } = visitor
    const cells = group(page, 'Emi').getByRole('option')
    await cells.first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByText('3 selected').first().waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.keyboard.press('m')
    const field = page.getByRole('dialog').getByRole('combobox')
    await field.fill('えみ')
    await field.evaluate((input) =>
      input.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
      ),
    )
    assert.ok(await field.isVisible())
    await page.keyboard.press('Enter')
    await page.getByText('3 pictures added to えみ').waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 5 + EACH, Emi: 5, えみ: 3 })
  })

  test('mouse: a press, Shift and a frame select; what is set aside is not stored', async () => {
    const { page } = visitor
    const cells = group(page, 'None of the labels').getByRole('option')
    await cells.nth(1).click()
    await cells.nth(3).click({ modifiers: ['Shift'] })
    await page.locator('.sort-bar').getByText('3 selected').waitFor()
    await cells.nth(2).click({ modifiers: ['Control'] })
    await page.locator('.sort-bar').getByText('2 selected').waitFor()
    await cells.first().scrollIntoViewIfNeeded()
    const [from, to] = [(await cells.first().boundingBox())!, (await cells.nth(4).boundingBox())!]
    await page.mouse.move(from.x + 10, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(to.x + 20, to.y + 20, { steps: 5 })
    await page.mouse.up()
    await page.locator('.sort-bar').getByText('5 selected').waitFor()
    await page.keyboard.press('Delete')
    await page.getByText('5 pictures set aside').waitFor()
    assert.equal(await group(page, 'None of the labels').getByRole('option').count(), 1)
    assert.deepEqual(await labelsOf(site), { Botan: 5 + EACH, Emi: 5, えみ: 3 })
  })

  test('what is undecided stays while one looks at other pages, and the browser asks before it is gone', async () => {
    const { page } = visitor
    await page.getByRole('link', { name: 'Labels', exact: true }).click()
    await page.getByRole('heading', { name: 'Labels', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Sort', exact: true }).click()
    await group(page, 'Emi').waitFor()
    const asked = page.waitForEvent('dialog')
    void page.reload().catch(() => {})
    const dialog = await asked
    assert.equal(dialog.type(), 'beforeunload')
    await dialog.dismiss()
    await group(page, 'Emi')
      .getByRole('button', { name: /^Accept/ })
      .click()
    await group(page, 'None of the labels').getByRole('button', { name: 'Set aside' }).click()
    await page.getByRole('heading', { name: 'All sorted' }).waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 5 + EACH, Emi: 5 + EACH - 3, えみ: 3 })
    assert.deepEqual(await accessibilityProblems(page), [])
  })

  test('dark, Japanese, on a phone: nothing is wider than it, and axe finds nothing', async () => {
    const phone = { locale: 'ja-JP', colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } }
    const { page, problems, close } = await visit(site.link(), phone)
    await page.waitForURL(/\/try$/)
    await page.goto(`${site.origin}/local/main/sort`)
    await page.locator('.sort-drop').waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.locator('input[webkitdirectory]').setInputFiles(join(folder, 'pile'))
    await page.waitForFunction((n) => document.querySelectorAll('.sort-cell').length === n, 2 * EACH + STRANGE)
    await page.locator('.sort-cell').first().click()
    await page.locator('.sort-bar').waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360))
    assert.deepEqual(problems, [])
    await close()
  })
})
