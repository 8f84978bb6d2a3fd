// Names of labels, files, datasets and people that would like to be more than text, on every page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { closeBrowser, noBrowser, settled, visit } from '../../support/web/browser.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { addWithWrongLabels } from '../../support/web/wrong-labels.ts'

const TAG = '<img src=x onerror="globalThis.broken=1">'
const NAMES = [`${TAG} 1`, '[link](javascript:globalThis.broken=1)', '"\'><script>globalThis.broken=1</script>']
const PERSON = `</script>${TAG} person`
const DATASET = `${TAG} set`
const PAGES = ['try', 'gallery', 'add', 'sort', 'review', 'model', 'labels']
const MANAGED = ['people', 'audit', 'datasets', 'devices']

let site: TestSite
before(async () => {
  if (noBrowser) return
  site = await openTestSite({ person: PERSON })
  await addWithWrongLabels(site.app, PERSON, { characters: NAMES.length, each: 8, wrong: 2 })
  const [{ values }] = await site.run('labels')
  for (const [i, name] of NAMES.entries())
    await site.run('labels', { action: 'rename', label: values.labels[i].label, to: name })
  const bytes = await noisy(801).png().toBuffer()
  await site.put('label', bytes, { label: NAMES[0]!, name: `${TAG}.png` })
  await site.run('add-samples', {}, DATASET)
  await site.run('settings', { caution: 'high' })
})
after(async () => {
  if (noBrowser) return
  await closeBrowser()
  await site.close()
})

test('names are text on every page, and in whatever opens there', { skip: noBrowser }, async () => {
  const { page, problems, close } = await visit(site.link())
  await page.locator('main h1').waitFor()
  const addresses = [
    ...PAGES.map((name) => `/local/main/${name}`),
    ...MANAGED.map((name) => `/local/main/manage?tab=${name}`),
    ...['try', 'labels'].map((name) => `/local/${encodeURIComponent(DATASET)}/${name}`),
  ]
  const shown = new Set<string>()
  for (const address of addresses) {
    await page.goto(site.origin + address)
    await page.locator('main h1').first().waitFor()
    await settled(page)
    for (const name of [...NAMES, PERSON, DATASET, `${TAG}.png`])
      if ((await page.getByText(name).count()) > 0) shown.add(name)
    const made = await page.evaluate(() => ({
      broken: 'broken' in globalThis,
      handlers: document.querySelectorAll('[onerror], img[src="x"]').length,
      scripts: document.querySelectorAll('body script').length,
      links: document.querySelectorAll('a[href^="javascript:"]').length,
    }))
    assert.deepEqual(made, { broken: false, handlers: 0, scripts: 0, links: 0 }, address)
  }
  // Otherwise nothing was looked at.
  for (const name of [...NAMES, PERSON]) assert.ok(shown.has(name), `shown: ${name}`)
  assert.deepEqual(problems, [])
  await close()
})

test('no answer of the server has names as HTML', { skip: noBrowser }, async () => {
  for (const path of [
    '/',
    `/local/${encodeURIComponent(DATASET)}/try`,
    `/${encodeURIComponent(TAG)}`,
    `/login?error=${encodeURIComponent(TAG)}`,
  ]) {
    const response = await site.request(path, { headers: { 'accept-language': TAG } })
    const text = await response.text()
    assert.match(response.headers.get('content-type') ?? '', /text\/html/)
    assert.doesNotMatch(text, /onerror/, path)
  }
  for (const path of ['labels', 'stats', 'audit', encodeURIComponent(TAG)]) {
    const response = await site.request(`/api/local/main/${path}`)
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  }
})
