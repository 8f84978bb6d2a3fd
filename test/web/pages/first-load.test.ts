// What a browser loads before somebody can do something: small enough for a phone, and no charts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeBrowser, noBrowser } from '../../support/web/browser.ts'
import { loadFirst } from '../../support/web/first-load.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

/** Compressed, with headers: all that comes over the line. */
const MAX_BYTES = 150_000

let site: TestSite
before(async () => {
  if (!noBrowser) site = await openTestSite()
})
after(async () => {
  if (noBrowser) return
  await closeBrowser()
  await site.close()
})

for (const locale of ['en-GB', 'ja-JP'])
  test(`the first page comes with less than 150 kB, and without charts (${locale})`, { skip: noBrowser }, async () => {
    const { loaded, problems } = await loadFirst(site, { locale })
    assert.deepEqual(problems, [])
    const bytes = loaded.reduce((sum, each) => sum + each.bytes, 0)
    const largest = loaded.toSorted((a, b) => b.bytes - a.bytes).slice(0, 20)
    const told = `${bytes} bytes in ${loaded.length} requests\n${largest.map((each) => `${each.bytes} ${each.path}`).join('\n')}`
    assert.ok(bytes < MAX_BYTES, told)
    assert.deepEqual(
      loaded.filter(({ path }) => /echarts|\/(gallery|add|review|model|manage)\//.test(path)).map(({ path }) => path),
      [],
      'what other pages need is loaded with them',
    )
    assert.equal(new Set(loaded.map(({ path }) => path)).size, loaded.length, 'nothing is loaded twice')
  })
