// What the page tells of a model, in a real browser: the same as the commands, and live wherever it is trained.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { addVersion } from '../../../src/db/versions.ts'
import { addNew, BACKBONE } from '../../support/database.ts'
import { MAIN } from '../../support/mekiki.ts'
import { madeUpSummary, surveyOf } from '../../support/versions.ts'
import { accessibilityProblems, closeBrowser, noBrowser, settled, visit } from '../../support/web/browser.ts'
import { openTestSite, PERSON, type TestSite } from '../../support/web/site.ts'
import { addWithWrongLabels } from '../../support/web/wrong-labels.ts'

const skip = noBrowser
const ADDRESS = '/local/main/model'
let site: TestSite
let dataset: number

before(async () => {
  if (skip) return
  site = await openTestSite()
  Object.assign(site.web.access, { onChanged: watchRights })
  dataset = await addWithWrongLabels(site.app, 'tester', { characters: 4, each: 12, wrong: 2 })
})
after(async () => {
  await closeBrowser()
  await site?.close()
})

async function open(path = ADDRESS, options = {}) {
  const visitor = await visit(site.link(), options)
  await visitor.page.waitForURL('**/local/**')
  await visitor.page.goto(site.origin + path)
  return visitor
}
const stats = async () => (await site.run('stats'))[0].values
const activeVersion = async (): Promise<number | null> => {
  const query = site.app.db.selectFrom('datasets').select('version').where('id', '=', dataset)
  return (await query.executeTakeFirstOrThrow()).version
}
/** As the page writes shares, in English. */
const percent = (share: number): string =>
  new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 }).format(share)

test('the numbers are those of the command', { skip }, async () => {
  const { page, problems, close } = await open()
  const { accuracy, balancedAccuracy, labels, version } = await stats()
  const figure = (name: string) => page.locator(`[data-figure="${name}"] strong`).innerText()
  const plain = (text: string): string => text.replaceAll(/\s/g, '')
  assert.equal(plain(await figure('accuracy')), percent(accuracy))
  assert.equal(plain(await figure('balanced')), percent(balancedAccuracy))
  const [suspects] = await site.run('suspects')
  assert.equal(await figure('suspects'), `${suspects.values.total}`)
  await page.getByRole('tab', { name: 'By label' }).click()
  const rows = page.locator('.by-label tbody tr')
  await rows.first().waitFor()
  const shown = new Map<string, number>()
  for (const row of await rows.all())
    shown.set(await row.locator('th').innerText(), Number(await row.locator('td').first().innerText()))
  assert.deepEqual(
    shown,
    new Map(labels.map(({ label, examples }: { label: string; examples: number }) => [label, examples])),
  )
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.locator(`.version.current[data-version="${version}"]`).waitFor()
  assert.deepEqual(problems, [])
  await close()
})

test('charts are drawn on canvas, break no policy, and are no part of what is loaded first', { skip }, async () => {
  const { page, problems, close } = await open()
  await page.locator('.chart-canvas canvas').first().waitFor()
  // Tooltips, too.
  await page.locator('.chart-canvas').first().hover()
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  assert.ok(loaded.some((name) => name.endsWith('vendor/echarts.js')))
  await page.getByRole('button', { name: 'As a table' }).first().click()
  await page.locator('.chart table').first().waitFor()
  assert.deepEqual(problems, [])
  await close()
  const first = await open('/local/main/review')
  await first.page.locator('.page').first().waitFor()
  const names = await first.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  assert.ok(names.every((name) => !name.includes('echarts')))
  await first.close()
})

test('a cell of the confusion matrix opens its pictures, by keyboard alone', { skip }, async () => {
  const { page, problems, close } = await open(`${ADDRESS}?tab=labels`)
  const { confusion } = await stats()
  await page.getByLabel('Order').selectOption('name')
  const matrix = page.getByRole('application')
  await matrix.focus()
  const names = [...confusion.labels].sort()
  for (const [label, takenFor] of [
    [names[0], names[0]],
    [names[0], names[1]],
    [names[1], names[1]],
  ]) {
    const count = confusion.counts[confusion.labels.indexOf(label)][confusion.labels.indexOf(takenFor)]
    const said = await page.locator('.matrix-cell bdi').innerText()
    assert.ok(
      said.startsWith(`${count} picture`) && said.includes(label) && (label === takenFor || said.includes(takenFor)),
    )
    if (takenFor === names[0]) await page.keyboard.press('ArrowRight')
    else if (label === names[0]) await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL('**/gallery?**')
  const { searchParams } = new URL(page.url())
  assert.deepEqual([searchParams.get('label'), searchParams.get('predicted')], [names[1], names[1]])
  const count = confusion.counts[confusion.labels.indexOf(names[1])][confusion.labels.indexOf(names[1])]
  const asked = new URLSearchParams({ label: names[1], recognized: names[1] })
  const response = await site.request(`/api/local/main/gallery/ids?${asked}`)
  const ids = new Uint32Array(await response.arrayBuffer())
  assert.ok(ids.length >= count, `${ids.length} pictures, ${count} in the cell`)
  const query = site.app.db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
  const found = await query
    .select('name')
    .where('examples.id', 'in', [...ids])
    .distinct()
    .execute()
  assert.deepEqual(found, [{ name: names[1] }])
  await page.locator('.page-head').getByText(`${ids.length} pictures`).waitFor()
  assert.deepEqual(problems, [])
  await close()
})

/** Streams break off, as they do where rights may have changed; browsers open them again. */
function breakStreams(): void {
  for (const listener of [...watching]) listener('', PERSON)
}
const watching = new Set<(server: string, person?: string) => void>()
function watchRights(listener: (server: string, person?: string) => void): () => void {
  watching.add(listener)
  return () => void watching.delete(listener)
}

/** A training of another process, as a terminal starts it; it looks again at many pictures, so that it takes a while. */
function trainElsewhere(): ChildProcess {
  const env = { ...process.env, MEKIKI_HOME: site.home }
  return spawn(process.execPath, [MAIN, 'train', '--effort', 'careful'], { env, stdio: 'ignore' })
}

test(
  'a training that was started elsewhere shows its progress, also after the connection was lost',
  { skip },
  async () => {
    const { page, close } = await open()
    await page.locator('.figures').waitFor()
    const training = trainElsewhere()
    const ended = once(training, 'exit')
    const panel = page.locator('.training-panel')
    await panel.waitFor({ timeout: 60_000 })
    breakStreams()
    await page.locator('.banner').waitFor()
    await page.locator('.banner').waitFor({ state: 'detached' })
    // It may have ended meanwhile: then the page knows the new version.
    const version = page.getByRole('tab', { name: /Versions 2/ })
    await panel.or(version).first().waitFor()
    assert.deepEqual(await ended, [0, null])
    await version.waitFor()
    await panel.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Version 2 is trained' }).waitFor()
    await close()
  },
)

test('the button trains, and says in words what came of it', { skip }, async () => {
  const { page, problems, close } = await open()
  await page.getByRole('button', { name: 'Train again' }).click()
  await page.getByText(/^Learned\./).waitFor({ timeout: 90_000 })
  const { version } = await stats()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.locator(`.version[data-version="${version}"]`).waitFor()
  assert.deepEqual(problems, [])
  await close()
})

test('an older version is activated after a question, as the database says, and taken back', { skip }, async () => {
  const { page, problems, close } = await open(`${ADDRESS}?tab=versions`)
  const before = await activeVersion()
  await page.locator('.version[data-version="1"]').getByRole('button', { name: 'Activate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`It replaces version ${before} at once.`).waitFor()
  await dialog.getByRole('button', { name: 'Activate version 1' }).click()
  await page.locator('.version.current[data-version="1"]').waitFor()
  assert.equal(await activeVersion(), 1)
  const [last] = await site.app.db
    .selectFrom('audit')
    .select(['action', 'by', 'detail'])
    .orderBy('id', 'desc')
    .limit(1)
    .execute()
  assert.deepEqual(last, { action: 'promoted', by: 'tester', detail: '{"version":1}' })
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
  await page.locator(`.version.current[data-version="${before}"]`).waitFor()
  assert.equal(await activeVersion(), before)
  await page.locator('.version[data-version="1"]').getByRole('button', { name: 'Compare' }).click()
  const [compared] = await site.run('versions', { from: 1 })
  await page
    .getByRole('dialog')
    .locator('tbody tr')
    .nth(compared.values.labels.length - 1)
    .waitFor()
  assert.equal(await page.getByRole('dialog').locator('tbody tr').count(), compared.values.labels.length)
  assert.deepEqual(problems, [])
  await close()
})

test('it is readable for everybody: light, dark, Japanese, and on a phone', { skip }, async () => {
  for (const [colorScheme, locale, width] of [
    ['light', 'en-GB', 1280],
    ['dark', 'ja-JP', 360],
  ] as const) {
    const { page, problems, close } = await open(ADDRESS, { colorScheme, locale, viewport: { width, height: 740 } })
    for (const tab of ['overview', 'labels', 'versions']) {
      await page.locator(`[role="tab"][id$="${tab}"]`).click()
      await page.locator('.sections').waitFor()
      await settled(page)
      assert.deepEqual(await accessibilityProblems(page), [], `${tab} ${colorScheme} ${locale} ${width}`)
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(beside <= 0, `${beside} pixels beside the screen: ${tab} at ${width}`)
    }
    assert.deepEqual(problems, [])
    await close()
  }
})

test('three hundred labels are drawn within the page, and nothing trained says what to do', { skip }, async () => {
  const many = await openDataset(site.app.db, { server: LOCAL_SERVER, name: 'many', create: true })
  for (const label of ['one', 'two']) await addNew(site.app.db, many, { label, pixels: `a picture of ${label}` })
  const first = await open('/local/many/model')
  await first.page.getByRole('heading', { name: 'Nothing has been trained yet' }).waitFor()
  await first.close()
  const labels = Array.from({ length: 300 }, (_, i) => `label ${i}`)
  const confusion = labels.map((_, r) => labels.map((_, c) => (r === c ? 9 : Number((r * 7 + c) % 97 === 0))))
  const summary = { ...madeUpSummary, labels, confusion }
  const version = { backbone: BACKBONE, summary, classifier: {}, survey: surveyOf([]), activate: true, by: 'ann' }
  await addVersion(site.app.db, many, version)
  const { page, problems, close } = await open('/local/many/model?tab=labels', {
    viewport: { width: 360, height: 740 },
  })
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowRight')
  await page.locator('.matrix-cell bdi').waitFor()
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(beside <= 0)
  assert.deepEqual(problems, [])
  await close()
})
