// The processes on the operator’s page, in a real browser: as they are now, without asking.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { recordProcess } from '../../../src/db/processes.ts'
import { startHeartbeat } from '../../../src/services/process-registry.ts'
import { accessibilityProblems, closeBrowser, noBrowser, type Visit, visit } from '../../support/web/browser.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

let site: TestSite
let visitor: Visit
let page: Page
before(async () => {
  if (noBrowser) return
  site = await openTestSite()
  visitor = await visit(site.link())
  page = visitor.page
  await page.waitForSelector('nav')
})
after(async () => {
  await visitor?.close()
  await closeBrowser()
  await site?.close()
})

const onError = (error: unknown): void => assert.fail(String(error))

test(
  'a process that starts appears by itself, and goes when it stops; one that dies is marked',
  { skip: noBrowser },
  async () => {
    await page.goto(`${site.origin}/local/main/manage?tab=operator`)
    const rows = page.locator('.processes tbody tr')
    await page.getByText('No process runs.').waitFor()
    const work = () => ({ waiting: 5, calls: 2, trainings: 0 })
    const gateway = await startHeartbeat(site.app, { role: 'gateway', work, shards: () => [0, 1, 2], onError })
    const silent = { id: 'silent', role: 'training' as const, host: 'far', pid: 7, version: '0.1.0' }
    await recordProcess(site.app.db, { ...silent, clockMs: Date.now(), shards: '[]', load: '{}' })
    await rows.nth(1).waitFor()
    const text = (await rows.first().textContent()) ?? ''
    for (const what of ['gateway', String(process.pid), '0–2', '2 calls', '5 waiting'])
      assert.ok(text.includes(what), text)
    await gateway.stop()
    await site.app.db
      .updateTable('processes')
      .set((eb) => ({ seen_at: eb('seen_at', '-', 40_000) }))
      .execute()
    await page.locator('.processes .dead', { hasText: 'training' }).waitFor()
    await page.getByText(/said nothing for/).waitFor()
    assert.equal(await rows.count(), 1)
    await page.setViewportSize({ width: 390, height: 800 })
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= 390'))
    assert.deepEqual(await accessibilityProblems(page), [])
  },
)
