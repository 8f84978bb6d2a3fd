// What people do in the gallery, in a browser: select, change, take back, filter, look closer.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeBrowser, noBrowser } from '../../support/web/browser.ts'
import { countSelected, openTestGallery, shownNames, type TestGallery } from '../../support/web/gallery.ts'
import { numberedLabels } from '../../support/web/many-examples.ts'

const EXAMPLES = 400
const LABELS = numberedLabels(4)

let gallery: TestGallery
before(async () => {
  if (!noBrowser) gallery = await openTestGallery({ examples: EXAMPLES, labels: LABELS })
})
after(async () => {
  assert.deepEqual(gallery?.problems ?? [], [])
  await gallery?.close()
  await closeBrowser()
})

const skip = noBrowser
const cell = (place: number) => gallery.page.locator(`[data-place="${place}"]`)
const bar = () => gallery.page.locator('.selection-bar')
const said = (text: string) => gallery.page.locator('.toast', { hasText: text }).waitFor()
const reveal = async (place: number): Promise<void> => {
  await gallery.page.evaluate((share) => {
    const grid = document.querySelector<HTMLElement>('.grid')!
    scrollTo({ top: grid.offsetTop + share * grid.clientHeight - innerHeight / 2, behavior: 'instant' })
  }, place / EXAMPLES)
  await cell(place).waitFor()
}

test('200 are selected with Shift, moved, and brought back: the database is as it was', { skip }, async () => {
  const { page } = gallery
  const before = gallery.rows('examples')
  await gallery.open()
  await cell(5).click()
  await reveal(204)
  await cell(204).click({ modifiers: ['Shift'] })
  assert.match((await bar().textContent()) ?? '', /200 selected/)
  await page.getByRole('button', { name: 'Move to …' }).click()
  await page.getByRole('combobox', { name: /Search/ }).fill('somewhere else')
  await page.keyboard.press('Enter')
  await said('200 pictures moved to somewhere else')
  await bar().waitFor({ state: 'detached' })
  const under = gallery.rows('examples').filter((row) => !before.some((old) => old.label === row.label))
  assert.equal(under.length, 200)
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
  await said('Undone for 200 pictures')
  assert.deepEqual(gallery.rows('examples'), before)
})

test('removing asks, and can be taken back with the key', { skip }, async () => {
  const { page } = gallery
  const before = gallery.rows('examples')
  await gallery.open()
  await cell(0).click()
  await cell(3).click({ modifiers: ['Control'] })
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Cancel' }).click()
  assert.deepEqual(gallery.rows('examples'), before)
  assert.equal(await countSelected(page), 2)
  await page.keyboard.press('Delete')
  await page.locator('dialog').getByRole('button', { name: 'Remove' }).click()
  await said('2 pictures removed')
  await page.waitForFunction((n) => document.querySelector('.page-head p')?.textContent === `${n} pictures`, 398)
  await page.keyboard.press('Control+z')
  await said('Undone for 2 pictures')
  await page.waitForFunction((n) => document.querySelector('.page-head p')?.textContent === `${n} pictures`, 400)
  assert.deepEqual(
    gallery.rows('examples').map(({ id, state, label }) => [id, state, label]),
    before.map(({ id, state, label }) => [id, state, label]),
  )
})

test('excluded ones leave the view, are found by their state, and are brought back', { skip }, async () => {
  const { page } = gallery
  await gallery.open('?label=label-2')
  await cell(0).click()
  await cell(1).click({ modifiers: ['Shift'] })
  await page.keyboard.press('x')
  await said('2 pictures excluded')
  await gallery.open('?state=excluded')
  assert.match((await shownNames(page)).join(), /label-2, picture-\d+\.png, Excluded/)
  await cell(0).focus()
  await page.keyboard.press('Control+a')
  assert.equal(await countSelected(page), 2)
  await page.getByRole('button', { name: 'Bring back' }).click()
  await said('2 pictures brought back')
  await page.getByText('No picture matches').waitFor()
})

test('what may not be changed is left alone, and the page says how many that were', { skip }, async () => {
  const { page, site } = gallery
  const [first, second, third] = gallery.rows('examples').map(({ id }) => id)
  const some = [first!, second!]
  await site.app.db.updateTable('examples').set({ state: 'withdrawn' }).where('id', 'in', some).execute()
  await gallery.open('?state=all&sort=oldest')
  assert.match((await cell(0).getAttribute('aria-label')) ?? '', /Withdrawn/)
  await cell(0).click()
  await cell(2).click({ modifiers: ['Shift'] })
  await page.keyboard.press('x')
  await said('1 picture excluded')
  await said('2 pictures were left alone')
  const states = gallery.rows('examples').slice(0, 3)
  assert.deepEqual(
    states.map(({ id, state }) => [id, state]),
    [
      [first, 'withdrawn'],
      [second, 'withdrawn'],
      [third, 'excluded'],
    ],
  )
  await page.keyboard.press('Control+z')
  await said('Undone for 1 picture')
  await site.app.db.updateTable('examples').set({ state: 'kept' }).where('id', 'in', some).execute()
})

test('a frame that is drawn with the mouse selects what it touches', { skip }, async () => {
  const { page } = gallery
  await gallery.open()
  const [first, last] = [(await cell(1).boundingBox())!, (await cell(3).boundingBox())!]
  const columns = Number(await page.locator('.grid').getAttribute('aria-colcount'))
  await page.mouse.move(first.x + 20, first.y + 20)
  await page.mouse.down()
  await page.mouse.move(last.x + 20, last.y + last.height + 30, { steps: 4 })
  assert.equal(await page.locator('.lasso').count(), 1)
  await page.mouse.up()
  assert.equal(await page.locator('.lasso').count(), 0)
  const places = await page
    .locator('.cell[aria-selected="true"]')
    .evaluateAll((cells) => cells.map((each) => Number(each.getAttribute('data-place'))))
  assert.deepEqual(places, [1, 2, 3, columns + 1, columns + 2, columns + 3])
  await page.keyboard.press('Escape')
  assert.equal(await countSelected(page), 0)
})

test('filters stand in the address, and going back takes them back', { skip }, async () => {
  const { page } = gallery
  await gallery.open()
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByRole('checkbox', { name: /label-1/ }).check()
  await page.getByRole('checkbox', { name: /label-3/ }).check()
  await page.getByRole('button', { name: 'Show the pictures' }).click()
  await page.waitForURL('**/gallery?label=label-1&label=label-3')
  await page.waitForFunction(() => document.querySelector('.page-head p')?.textContent === '200 pictures')
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('label')
  await page.locator('.cell[data-note="label-1"]').waitFor()
  assert.equal(await page.locator('.cell[data-note]').count(), 1)
  await page.getByRole('searchbox').fill('picture-1.png')
  await page.waitForFunction(() => document.querySelector('.page-head p')?.textContent === '1 picture')
  assert.match(page.url(), /text=picture-1\.png/)
  await page.goBack()
  await page.waitForFunction(() => document.querySelector('.page-head p')?.textContent === '200 pictures')
  assert.equal(await page.getByRole('searchbox').inputValue(), '')
  await page.getByRole('button', { name: 'Remove the filter label-1' }).click()
  await page.waitForFunction(() => document.querySelector('.page-head p')?.textContent === '100 pictures')
  await gallery.page.goto(gallery.address('?text=nothing-like-it'))
  await page.getByText('No picture matches').waitFor()
  await page.locator('.state').getByRole('button', { name: 'Clear all filters' }).click()
  await page.waitForSelector('.cell.known')
  await gallery.open('?suspects=true&sort=score')
  assert.ok((await shownNames(page)).every((name) => name.includes('may be mislabelled')))
})

test('details: everything that is known, the next one with a key, the suggestion with another', { skip }, async () => {
  const { page } = gallery
  await gallery.open('?suspects=true&label=label-0')
  await cell(0).dblclick()
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByText('It looks like label-3.').waitFor()
  const file = await panel.locator('.details-file').textContent()
  await page.keyboard.press('ArrowRight')
  await panel.getByText(/2 of \d+/).waitFor()
  assert.notEqual(await panel.locator('.details-file').textContent(), file)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: /Move to label-3/ }).waitFor()
  await page.keyboard.press('a')
  await said('1 picture moved to label-3')
  await page.keyboard.press('Control+z')
  await said('Undone for 1 picture')
  await gallery.open(`?text=${file}`)
  await cell(0).focus()
  await page.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'History' }).waitFor()
})

test('what others change appears, and selection and place stay', { skip }, async () => {
  const { page } = gallery
  await gallery.open('?sort=newest')
  await reveal(200)
  await cell(200).click()
  const name = await cell(200).getAttribute('aria-label')
  const top = (await cell(200).boundingBox())!.y
  const [newest] = gallery.rows('examples').slice(-1)
  await gallery.site.run('exclude', { examples: [newest!.id] })
  await page.waitForFunction(() => document.querySelector('.page-head p')?.textContent === '399 pictures')
  await cell(199).waitFor()
  assert.equal(await cell(199).getAttribute('aria-label'), name)
  assert.equal(await cell(199).getAttribute('aria-selected'), 'true')
  const moved = Math.abs((await cell(199).boundingBox())!.y - top)
  assert.ok(moved <= (await cell(199).boundingBox())!.height + 8, `moved by ${moved}`)
  await gallery.site.run('restore', { examples: [newest!.id] })
  await page.waitForFunction(() => document.querySelector('.page-head p')?.textContent === '400 pictures')
})

test('keyboard alone: select, move to a label, undo', { skip }, async () => {
  const { page } = gallery
  const before = gallery.rows('examples')
  await gallery.open('?label=label-0')
  const isInGrid = () => page.evaluate(() => document.activeElement?.matches('.cell') ?? false)
  for (let i = 0; i < 30 && !(await isInGrid()); i++) await page.keyboard.press('Tab')
  assert.ok(await isInGrid())
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  const columns = Number(await page.locator('.grid').getAttribute('aria-colcount'))
  assert.equal(await countSelected(page), columns + 2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press(' ')
  assert.equal(await countSelected(page), columns + 3)
  await page.keyboard.press('m')
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
  await page.keyboard.type('label-1')
  await page.keyboard.press('Enter')
  await said(`${columns + 3} pictures moved to label-1`)
  await page.waitForFunction(() => document.activeElement?.matches('.cell'))
  await page.keyboard.press('Control+z')
  await said(`Undone for ${columns + 3} pictures`)
  assert.deepEqual(gallery.rows('examples'), before)
})

test(
  'without a connection: what is there stays, what cannot be had says so, and all goes on with it',
  { skip },
  async () => {
    const { page } = gallery
    await gallery.open()
    const context = page.context()
    await context.setOffline(true)
    await page.getByRole('combobox', { name: 'Sort' }).selectOption('oldest')
    await page.getByText('Mekiki could not be reached').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.waitForSelector('.cell.known img.there')
    assert.match((await shownNames(page))[0] ?? '', /picture-0\.png/)
    // What the browser itself says of requests that it could not send.
    gallery.problems.splice(0)
  },
)
