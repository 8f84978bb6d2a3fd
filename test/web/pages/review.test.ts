// The review in a real browser, of pictures that are really under wrong labels.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { accessibilityProblems, closeBrowser, noBrowser, settled, visit } from '../../support/web/browser.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { addWithWrongLabels, characterOf } from '../../support/web/wrong-labels.ts'

const skip = noBrowser
let site: TestSite

before(async () => {
  if (skip) return
  site = await openTestSite()
  await addWithWrongLabels(site.app, 'tester', { characters: 6, each: 20, wrong: 7 })
})
after(async () => {
  await closeBrowser()
  await site?.close()
})

const ADDRESS = '/local/main/review'
/** Goes on with the page once somebody is in. */
async function open(on: TestSite, options = {}) {
  const visitor = await visit(on.link(), options)
  await visitor.page.waitForURL('**/local/main/**')
  await visitor.page.goto(on.origin + ADDRESS)
  return visitor
}

const current = '.suspect[data-example]'
const exampleOn = async (page: Page): Promise<number> =>
  Number(await page.locator(current).getAttribute('data-example'))
/** Until another one than `before` is shown. */
async function nextOn(page: Page, before: number): Promise<number> {
  await page.locator(`${current}:not([data-example="${before}"]), .state`).first().waitFor()
  return (await page.locator(current).count()) === 0 ? 0 : exampleOn(page)
}
async function look(example: number) {
  const query = site.app.db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
  return query.select(['state', 'vouched', 'name', 'file']).where('examples.id', '=', example).executeTakeFirstOrThrow()
}
async function everything() {
  const query = site.app.db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
  return query.select(['examples.id', 'state', 'vouched', 'name']).orderBy('examples.id').execute()
}

test(
  'groups: one is taken out, the others are moved, and the key that undoes brings everything back',
  { skip },
  async () => {
    const { page, problems, close } = await open(site)
    await page.locator(current).waitFor()
    const before = await everything()
    await page.keyboard.press('g')
    const pictures = page.locator('.group-picture')
    await pictures.first().waitFor()
    const all = await pictures.count()
    assert.ok(all >= 2)
    const left = Number(/\d+/.exec(await page.locator('.page-head p').innerText())![0])
    await pictures.first().focus()
    await page.keyboard.press('Space')
    assert.equal(await pictures.first().getAttribute('aria-pressed'), 'false')
    await page.locator('h2').focus()
    await page.keyboard.press('m')
    await page.getByText(`${left - all + 1} left`).waitFor()
    await settled(page)
    const changed = (await everything()).filter((now, i) => now.name !== before[i]!.name)
    assert.equal(changed.length, all - 1)
    await page.keyboard.press('z')
    await page.getByText(`${left} left`).waitFor()
    await settled(page)
    assert.deepEqual(await everything(), before)
    await page.keyboard.press('g')
    await page.locator(current).waitFor()
    assert.deepEqual(problems, [])
    await close()
  },
)

test('two reviewers never share one, and what another decides about goes away by itself', { skip }, async (t) => {
  const other = await openTestSite({ home: site.home, person: 'bob' })
  t.after(() => other.close())
  const before = await everything()
  const [ann, bob] = [await open(site), await open(other)]
  const seen: number[] = []
  for (let i = 0; i < 4; i++)
    for (const { page } of [ann, bob]) {
      await page.locator(current).waitFor()
      const example = await exampleOn(page)
      seen.push(example)
      await page.keyboard.press('x')
      await nextOn(page, example)
    }
  assert.equal(new Set(seen).size, 8)
  await settled(ann.page)
  const shown = await exampleOn(ann.page)
  await other.run('keep', { examples: [shown] })
  assert.notEqual(await nextOn(ann.page, shown), shown)
  await ann.page.getByText('Somebody else decided').waitFor()
  await other.run('decide', { decision: 'undo' })
  for (const { page } of [ann, bob])
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('z')
      await page.locator('.undo[aria-busy]').waitFor({ state: 'detached' })
    }
  await settled(bob.page)
  assert.deepEqual(await everything(), before)
  assert.deepEqual([...ann.problems, ...bob.problems], [])
  await ann.page.getByRole('button', { name: 'Report' }).click()
  const file = ann.page.waitForEvent('download')
  await ann.page.getByRole('dialog').getByRole('link', { name: 'mekiki-report.html' }).click()
  assert.equal((await file).suggestedFilename(), 'mekiki-report.html')
  await ann.close()
  await bob.close()
})

test('thirty are reviewed by keyboard alone, and the database says the same', { skip }, async () => {
  const { page, problems, close } = await open(site)
  const expected = new Map<number, string>()
  await page.locator(current).waitFor()
  let example = await exampleOn(page)
  for (let i = 0; i < 30; i++) {
    const { file, name } = await look(example)
    const truth = characterOf(file)
    const suggested = await page.locator('.typical.suggested h3 bdi').allInnerTexts()
    const likely = await page.locator('.chip bdi').allInnerTexts()
    if (i % 10 === 9) await page.keyboard.press('x')
    else if (name === truth) await page.keyboard.press('k')
    else if (suggested[0] === truth) await page.keyboard.press(i % 2 ? 'm' : 'Enter')
    else await page.keyboard.press(String(likely.indexOf(truth) + 1))
    expected.set(example, i % 10 === 9 ? `${name} excluded 0` : `${truth} kept 1`)
    example = await nextOn(page, example)
  }
  await settled(page)
  const found = new Map<number, string>()
  for (const id of expected.keys()) {
    const { name, state, vouched } = await look(id)
    found.set(id, `${name} ${state} ${state === 'excluded' ? 0 : vouched}`)
  }
  assert.equal(expected.size, 30)
  assert.deepEqual(found, expected)
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Take back the last decision').first().waitFor()
  assert.deepEqual(problems, [])
  await close()
})

test('it is readable for everybody: light, dark, Japanese, and on a phone', { skip }, async () => {
  for (const [colorScheme, locale, width] of [
    ['light', 'en-GB', 1280],
    ['dark', 'ja-JP', 1280],
    ['light', 'ja-JP', 360],
    ['dark', 'en-GB', 360],
  ] as const) {
    const { page, problems, close } = await open(site, { colorScheme, locale, viewport: { width, height: 740 } })
    for (const key of ['', 'g']) {
      if (key) await page.keyboard.press(key)
      await page.locator('.suspect, .group, .state').first().waitFor()
      await settled(page)
      assert.deepEqual(await accessibilityProblems(page), [], `${colorScheme} ${locale} ${width}`)
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(beside <= 0, `${beside} pixels beside the screen at ${width}`)
    }
    assert.deepEqual(problems, [])
    await close()
  }
})

test('an empty dataset says what to do first', { skip }, async (t) => {
  const empty = await openTestSite()
  t.after(() => empty.close())
  const { page, close } = await open(empty)
  await page.getByRole('heading', { name: 'Nothing to review yet' }).waitFor()
  await close()
})
