// Asking about pictures in a real browser: nothing is stored by it, and what is taught can be taken back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { accessibilityProblems, closeBrowser, noBrowser, type Visit, visit } from '../../support/web/browser.ts'
import { bitmap, giveFiles, sample, textFile } from '../../support/web/pictures.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

const LABEL = 'new <img src=x onerror=alert(1)>'

/** What of the dataset could change by being asked about. */
const counts = async ({ app: { db } }: TestSite) => {
  const count = async (table: 'examples' | 'pictures' | 'audit') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((e) => e.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  return { examples: await count('examples'), pictures: await count('pictures'), audit: await count('audit') }
}
const labelsOf = async (site: TestSite) =>
  Object.fromEntries(
    (await site.run('labels'))[0].values.labels.map((l: { label: string; examples: number }) => [l.label, l.examples]),
  )

const choose = (page: Page, ...files: ReturnType<typeof sample>[]) =>
  page.locator('.drop-zone input[type=file]').first().setInputFiles(files)
/** The card of an asked picture, once it is answered. */
async function answered(page: Page, file: string): Promise<Locator> {
  const card = page.getByRole('article', { name: file })
  await card.and(page.locator(':not([aria-busy])')).waitFor()
  return card
}

after(closeBrowser)

describe('the first minute', { skip: noBrowser }, () => {
  let site: TestSite
  let visitor: Visit
  before(async () => {
    site = await openTestSite()
    visitor = await visit(site.link())
    await visitor.page.getByRole('heading', { name: 'Teach me in a minute' }).waitFor()
  })
  after(async () => {
    await visitor?.close()
    await site?.close()
  })

  test('samples in one click: added, trained, and asked about pictures that were not taught', async () => {
    const { page, problems } = visitor
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.getByRole('button', { name: 'Try with samples' }).click()
    const [botan, emi, stranger] = [
      await answered(page, 'Botan'),
      await answered(page, 'Emi'),
      await answered(page, 'Akari'),
    ]
    assert.match(await botan.innerText(), /I’m sure\s+Botan\s+9\d %/)
    assert.match(await emi.innerText(), /I’m sure\s+Emi\s+9\d %/)
    assert.match(await stranger.innerText(), /I don’t know\s+I don’t recognize this\s+Closest to what I know/)
    assert.deepEqual(await labelsOf(site), { Botan: 5, Emi: 5 })
    assert.deepEqual(await accessibilityProblems(page), [])
    assert.deepEqual(problems, [])
  })

  test('the samples go as they came, and come again only where nothing is', async () => {
    const { page } = visitor
    await assert.rejects(site.run('add-samples'), { code: 'samples.not-empty' })
    await page.getByRole('button', { name: 'Remove the samples' }).click()
    await page.getByRole('button', { name: 'Use my pictures' }).waitFor()
    assert.deepEqual(await labelsOf(site), {})
    const audit = (await site.run('audit'))[0].values.changes.map((c: { action: string }) => c.action)
    assert.ok(audit.includes('filed') && audit.includes('unfiled'), audit.join())
  })

  test('with pictures of one’s own: two names, five pictures each, and what is refused is said', async () => {
    const { page, problems } = visitor
    await page.getByRole('button', { name: 'Use my pictures' }).click()
    const learn = page.getByRole('button', { name: 'Let me learn' })
    const boxes = page.locator('.label-box')
    await boxes.nth(0).getByLabel('First label').fill('b')
    await boxes.nth(1).getByLabel('Second label').fill('B')
    await page.getByText('The two labels need different names.').waitFor()
    await boxes.nth(1).getByLabel('Second label').fill('e')
    const five = (name: string) => Array.from({ length: 5 }, (_, k) => sample(`${name}-${k}`))
    await boxes
      .nth(0)
      .locator('input[type=file]')
      .setInputFiles([...five('Botan'), textFile])
    await boxes.nth(0).getByText('5 pictures: enough to begin').waitFor()
    await boxes.nth(0).getByText('broken.png: I can’t read this file').waitFor()
    assert.ok(await learn.isDisabled())
    await giveFiles(page, { how: 'drop', files: five('Emi'), selector: '.label-box:nth-child(2)' })
    await boxes.nth(1).getByText('5 pictures: enough to begin').waitFor()
    assert.deepEqual(await accessibilityProblems(page), [])
    const before = page.viewportSize()!
    await page.setViewportSize({ width: 360, height: 740 })
    const places = await boxes.evaluateAll((all) => all.map((box) => box.getBoundingClientRect().right))
    assert.ok(
      places.every((right) => right < 360),
      places.join(),
    )
    await page.setViewportSize(before)
    await learn.click()
    await page.getByText('Now ask me about a picture that you did not teach').waitFor()
    await choose(page, sample('Emi-20'))
    assert.match(await (await answered(page, 'Emi-20.jpeg')).innerText(), /I’m sure\s+e\s/)
    assert.deepEqual(await labelsOf(site), { b: 5, e: 5 })
    assert.deepEqual(problems, [])
  })
})

describe('asking', { skip: noBrowser }, () => {
  let site: TestSite
  let visitor: Visit
  before(async () => {
    site = await openTestSite()
    await site.run('add-samples')
    await site.run('train')
    visitor = await visit(site.link())
    await visitor.page.getByRole('heading', { name: 'What does it show?' }).waitFor()
  })
  after(async () => {
    await visitor?.close()
    await site?.close()
  })

  test('several pictures at once, chosen, dropped and pasted: nothing is stored', async () => {
    const { page } = visitor
    const before = await counts(site)
    await choose(page, sample('Emi-20'), sample('Akari-20'), textFile)
    await answered(page, 'Emi-20.jpeg')
    const stranger = await answered(page, 'Akari-20.webp')
    assert.match(await stranger.innerText(), /I don’t know/)
    assert.match(await (await answered(page, 'broken.png')).innerText(), /I can’t look at this\s.*JPEG, PNG, WebP/s)
    await page.getByRole('button', { name: 'Clear' }).click()
    await giveFiles(page, { how: 'drop', files: [sample('Botan-20')] })
    await answered(page, 'Botan-20.jpeg')
    await page.getByRole('button', { name: 'Clear' }).click()
    await giveFiles(page, { how: 'paste', files: [{ ...sample('Emi-20'), name: 'image.png' }] })
    assert.match(await (await answered(page, 'image.png')).innerText(), /Emi/)
    assert.deepEqual(await counts(site), before)
  })

  test('a photo is taken and answered; without a camera it says so', async () => {
    const { page } = visitor
    const title = 'Take a photo'
    // As a person who says no: nobody answers the browser's own question here.
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
    await page.getByRole('button', { name: title }).click()
    await page.getByText('The camera cannot be used').waitFor()
    await page.keyboard.press('Escape')
    await page.evaluate(() => Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia'))
    await page.context().grantPermissions(['camera'])
    await page.getByRole('button', { name: title }).click()
    await page.getByRole('button', { name: 'Take the photo' }).click()
    await answered(page, 'photo.jpg')
  })

  test('what only the browser can read, it converts', async () => {
    const { page } = visitor
    await choose(page, bitmap())
    const card = await answered(page, 'scan.bmp')
    assert.match(await card.innerText(), /Your browser turned it into a format that I can read/)
  })

  test('wrong, corrected, taught and taken back, by keyboard alone; names stay text', async () => {
    const { page, problems } = visitor
    await page.getByRole('button', { name: 'Clear' }).click()
    await choose(page, sample('Emi-20'))
    const card = await answered(page, 'Emi-20.jpeg')
    await card.getByRole('button', { name: 'Why?' }).focus()
    await page.keyboard.press('Enter')
    await card.locator('.why img').nth(2).waitFor()
    await card.getByRole('button', { name: 'Wrong' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Botan' }).waitFor()
    // The label that it was taken for is no answer to what it is.
    assert.equal(await page.getByRole('listbox').getByRole('option').count(), 1)
    await page.keyboard.type(LABEL)
    // An Enter that ends the composition of a word chooses nothing.
    await page.getByRole('combobox', { name: 'Search' }).dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Enter')
    await card.getByText(`Noted: it is ${LABEL}.`).waitFor()
    await card.getByRole('button', { name: `Teach me: it is ${LABEL}` }).focus()
    await page.keyboard.press('Enter')
    await card.getByText(`Added to ${LABEL}`).waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 5, Emi: 5, [LABEL]: 1 })
    assert.deepEqual(await accessibilityProblems(page), [])
    await page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Undone.').waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 5, Emi: 5 })
    const said = await site.app.db.selectFrom('feedback').select(['said', 'truth']).execute()
    assert.deepEqual(said, [{ said: 'Emi', truth: LABEL }])
    assert.deepEqual(problems, [])
  })

  test('right is noted, and then it may be taught', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Clear' }).click()
    await choose(page, sample('Botan-20'))
    const card = await answered(page, 'Botan-20.jpeg')
    await card.getByRole('button', { name: 'Right' }).click()
    await card.getByRole('button', { name: 'Teach me: it is Botan' }).click()
    await card.getByText('Added to Botan').waitFor()
    assert.deepEqual(await labelsOf(site), { Botan: 6, Emi: 5 })
  })

  test('Japanese, dark and on a phone: clean, and not wider than the screen', async () => {
    const options = { locale: 'ja-JP', colorScheme: 'dark', viewport: { width: 360, height: 740 } } as const
    const { page, problems, close } = await visit(site.link(), options)
    await page.getByRole('heading', { name: 'これは何の画像ですか？' }).waitFor()
    await choose(page, sample('Emi-20'), sample('Akari-20'), textFile)
    await answered(page, 'Emi-20.jpeg')
    await answered(page, 'Akari-20.webp')
    await answered(page, 'broken.png')
    assert.deepEqual(await accessibilityProblems(page), [])
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
    assert.deepEqual(problems, [])
    await close()
  })
})
