// Adding folders in a real browser: exact counts, a reload in the middle, very many files, and what is said of those refused.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noisy } from '../../support/bad-pictures.ts'
import { accessibilityProblems, closeBrowser, noBrowser, type Visit, visit } from '../../support/web/browser.ts'
import { dropPaths, writeFiles } from '../../support/web/many-files.ts'
import { bitmap } from '../../support/web/pictures.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { makeZip } from '../../support/zip-file.ts'

const SIDE = 48
const picture = (seed: number): Promise<Buffer> => noisy(seed, SIDE).jpeg().toBuffer()

/** Of 250 nested files three are broken and twenty there twice; besides them there is what systems leave behind. */
const GOOD = 227
async function nested(folder: string): Promise<string> {
  const files: Record<string, Uint8Array | string> = {}
  for (let i = 0; i < GOOD; i++) files[`all/part-${i % 3}/label-${i % 9}/${i}.jpg`] = await picture(i)
  for (let i = 0; i < 20; i++)
    files[`all/part-${i % 3}/label-${i % 9}/copy of ${i}.jpg`] = files[`all/part-${i % 3}/label-${i % 9}/${i}.jpg`]!
  for (let i = 0; i < 3; i++) files[`all/part-0/label-0/broken ${i}.jpg`] = `no picture ${i}`
  for (const name of ['all/.DS_Store', 'all/part-1/label-1/Thumbs.db', 'all/__MACOSX/label-1/._1.jpg'])
    files[name] = 'x'
  return join(writeFiles(folder, files), 'all')
}

const figures = async (page: Page): Promise<Record<string, number>> =>
  Object.fromEntries(
    await page
      .locator('.add-counts > div')
      .evaluateAll((all) =>
        all.map((each) => [each.className, Number(each.querySelector('dd')!.textContent!.replaceAll(',', ''))]),
      ),
  )
const labelsOf = async (site: TestSite): Promise<Record<string, number>> =>
  Object.fromEntries((await site.run('labels'))[0].values.labels.map((l: any) => [l.label, l.examples]))
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0)

async function openAdd(site: TestSite, options = {}): Promise<Visit> {
  const visitor = await visit(site.link(), options)
  await visitor.page.waitForURL(/\/try$/)
  await visitor.page.goto(`${site.origin}/local/main/add`)
  await visitor.page.locator('.add-drop').waitFor()
  return visitor
}
const planned = (page: Page) => page.locator('.add-plan')
const done = (page: Page) => page.locator('.add-summary').waitFor({ timeout: 60_000 })

describe('adding', { skip: noBrowser }, () => {
  let site: TestSite
  let folder: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mekiki-add-'))
    site = await openTestSite()
  })
  after(async () => {
    await closeBrowser()
    await site?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('250 nested files, three broken and twenty there twice; a reload goes on, and nothing is doubled', async () => {
    const all = await nested(folder)
    const { page, problems, close } = await openAdd(site)
    await dropPaths(page, [all])
    await planned(page).waitFor()
    assert.match(await planned(page).innerText(), /250 files under 9 labels · 3 system files left out/)
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.getByLabel('Label for all/part-0/label-0').fill('renamed')
    await page.getByRole('button', { name: 'Add 250 files' }).click()
    await page.waitForFunction(() => Number(document.querySelector('.add-counts .added dd')?.textContent) >= 40)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('heading', { name: 'Paused' }).waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('heading', { name: 'Adding' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Not everything was added' }).waitFor()
    const before = sum(await labelsOf(site))
    assert.ok(before >= 40 && before < GOOD, `${before}`)
    assert.deepEqual(await accessibilityProblems(page), [])
    await dropPaths(page, [all])
    await planned(page).waitFor()
    // The name that somebody gave is still there.
    assert.equal(await page.getByLabel('Label for all/part-0/label-0').inputValue(), 'renamed')
    await page.getByRole('button', { name: 'Add 250 files' }).click()
    await done(page)
    // What was on its way when the page was left may have arrived: it is recognized, and is not there twice.
    const { added, known, ...others } = await figures(page)
    assert.ok(known! >= 20)
    assert.deepEqual([added! + known!, others], [GOOD + 20, { refused: 3, skipped: 3 }])
    const labels = await labelsOf(site)
    assert.equal(sum(labels), GOOD)
    assert.equal(labels.renamed, 26)
    assert.match(
      await page.locator('.add-refused').innerText(),
      /3 files could not be used[\s\S]*broken 0\.jpg\s+I can’t read this file/,
    )
    assert.deepEqual(await accessibilityProblems(page), [])
    const [list] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the list' }).click(),
    ])
    const lines = readFileSync(await list.path(), 'utf8')
      .trim()
      .split('\r\n')
    assert.equal(lines.length, 4)
    assert.match(lines[1]!, /^"all\/part-0\/label-0\/broken \d\.jpg","I can’t read/)
    assert.equal(await page.locator('.add-saved').count(), 0)
    assert.deepEqual(problems, [])
    await close()
  })

  test('what is there already is recognized before it is sent, and an addition is taken back', async () => {
    const { page, close } = await openAdd(site)
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'PUT' && sent.push(request.url()))
    writeFiles(folder, { 'more/label-1/new.jpg': await picture(900) })
    await page.locator('input[webkitdirectory]').setInputFiles(join(folder, 'all', 'part-1'))
    await planned(page).waitFor()
    await dropPaths(page, [join(folder, 'more', 'label-1')])
    const button = page.getByRole('button', { name: /^Add \d+ files/ })
    await page.waitForFunction(() => document.querySelectorAll('.add-row').length > 0)
    await button.click()
    await done(page)
    const { added, refused, known } = await figures(page)
    assert.deepEqual([added, refused], [1, 0])
    assert.ok(known! > 70)
    assert.equal(sent.length, 1)
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
    await page.getByText('1 picture taken back').waitFor()
    assert.equal(sum(await labelsOf(site)), GOOD)
    await close()
  })

  test('files without a folder ask for a label; a format that only the browser reads is converted; Enter of a composition sends nothing', async () => {
    const { page, close } = await openAdd(site)
    writeFiles(folder, { 'top/scan.bmp': bitmap().buffer, 'top/empty.jpg': '' })
    await dropPaths(page, [join(folder, 'top', 'scan.bmp'), join(folder, 'top', 'empty.jpg')])
    const field = page.getByPlaceholder('Which label do these files have?')
    const add = page.getByRole('button', { name: 'Add 2 files' })
    await field.waitFor()
    assert.ok(await add.isDisabled())
    await field.fill('すきゃん')
    const isSent = await field.evaluate((input) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })
      return input.dispatchEvent(event)
    })
    assert.equal(isSent, false, 'the form does not get it')
    await field.press('Enter')
    await done(page)
    assert.deepEqual(await figures(page), { added: 1, known: 0, refused: 1 })
    assert.equal((await labelsOf(site)).すきゃん, 1)
    await close()
  })

  test('a browser that keeps folders goes on after a reload with one press, in a dataset that is new', async () => {
    const { page, problems, close } = await openAdd(site)
    await page.getByLabel('Dataset', { exact: true }).selectOption({ label: 'New dataset …' })
    await page.getByRole('dialog').getByRole('textbox').fill('fresh')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/fresh\//)
    await page.getByRole('link', { name: 'Add', exact: true }).click()
    await page.locator('.add-drop').waitFor()
    const files = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => [`kept/one/${i}.jpg`, await picture(1_000 + i)] as const),
    )
    writeFiles(folder, Object.fromEntries(files))
    await dropPaths(page, [join(folder, 'kept')])
    await page.getByRole('button', { name: 'Add 40 files' }).click()
    await page.waitForFunction(() => Number(document.querySelector('.add-counts .added dd')?.textContent) >= 5)
    await page.reload()
    assert.match(await page.locator('.add-saved').innerText(), /[1-9]\d* of 40 files were done/)
    await page.getByRole('button', { name: 'Go on' }).click()
    await done(page)
    // What was on its way when the page was left may have arrived: it is recognized, and is not there twice.
    const { added, known, refused } = await figures(page)
    assert.deepEqual([added! + known!, refused], [40, 0])
    assert.equal((await site.run('labels', {}, 'fresh'))[0].values.labels[0].examples, 40)
    assert.deepEqual(problems, [])
    await close()
  })

  test('a connection that is gone is waited for, and nothing is lost', async () => {
    const { page, close } = await openAdd(site)
    const files = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => [`gone/offline/${i}.jpg`, await picture(700 + i)] as const),
    )
    writeFiles(folder, Object.fromEntries(files))
    let broken = 0
    await page.route('**/label?**', (route) => (++broken <= 4 ? route.abort('connectionreset') : route.continue()))
    await dropPaths(page, [join(folder, 'gone', 'offline')])
    await page.getByRole('button', { name: 'Add 12 files' }).click()
    await page.getByText('Mekiki cannot be reached. This goes on by itself.').waitFor()
    await done(page)
    assert.deepEqual(await figures(page), { added: 12, known: 0, refused: 0 })
    assert.equal((await labelsOf(site)).offline, 12)
    await close()
  })

  test('a ZIP goes as it is, and its answer is that of the command', async () => {
    const { page, problems, close } = await openAdd(site)
    const entries = await Promise.all(
      [1, 2, 3].map(async (i) => ({ name: `zipped/${i}.jpg`, bytes: await picture(800 + i) })),
    )
    writeFiles(folder, { 'all.zip': makeZip([...entries, { name: 'zipped/bad.jpg', bytes: Buffer.from('no') }]) })
    await dropPaths(page, [join(folder, 'all.zip')])
    await page.getByRole('button', { name: 'Send 1 ZIP' }).click()
    await page.getByText(/Added 3 pictures/).waitFor()
    assert.equal((await labelsOf(site)).zipped, 3)
    assert.deepEqual(await accessibilityProblems(page), [])
    writeFiles(folder, { 'bad.zip': 'no ZIP' })
    await dropPaths(page, [join(folder, 'bad.zip')])
    await page.getByRole('button', { name: 'Send 1 ZIP' }).click()
    await page.locator('.add-zip-error').waitFor()
    assert.deepEqual(problems, [])
    await close()
  })

  test('5,000 files: under 500 elements, and little memory', async () => {
    const { page, close } = await openAdd(site)
    const files: Record<string, Uint8Array> = {}
    for (let label = 0; label < 50; label++) {
      const bytes = await picture(2_000 + label)
      for (let i = 0; i < 100; i++) files[`many/many ${label}/${i}.jpg`] = bytes
    }
    writeFiles(folder, files)
    const nodes = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length)
    await dropPaths(page, [join(folder, 'many')])
    await planned(page).waitFor()
    assert.match(await planned(page).innerText(), /5,000 files under 50 labels[\s\S]*1–25 of 50/)
    const most = [await nodes()]
    await page.getByRole('button', { name: 'Add 5,000 files' }).click()
    await page.locator('.add-progress').waitFor()
    most.push(await nodes())
    await done(page)
    most.push(await nodes())
    assert.deepEqual(await figures(page), { added: 50, known: 4_950, refused: 0 })
    assert.ok(Math.max(...most) < 500, most.join())
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await devtools.send('Runtime.getHeapUsage')
    assert.ok(usedSize < 40 * 2 ** 20, `${usedSize} bytes`)
    await close()
  })

  test('dark, Japanese, on a phone: nothing is wider than it, and axe finds nothing', async () => {
    const { page, close } = await openAdd(site, {
      locale: 'ja-JP',
      colorScheme: 'dark',
      viewport: { width: 360, height: 740 },
    })
    const isNarrow = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= 360)
    assert.deepEqual([await accessibilityProblems(page), await isNarrow()], [[], true])
    await page.locator('input[webkitdirectory]').setInputFiles(join(folder, 'all', 'part-2'))
    await planned(page).waitFor()
    assert.match(await planned(page).innerText(), /ファイル \d+ 個、ラベル 3 個/)
    assert.deepEqual([await accessibilityProblems(page), await isNarrow()], [[], true])
    await page.locator('.add-plan [type=submit]').press('Enter')
    await done(page)
    assert.deepEqual([await accessibilityProblems(page), await isNarrow()], [[], true])
    await close()
  })
})
