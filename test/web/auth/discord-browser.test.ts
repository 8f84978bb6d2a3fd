// Logging in as people do it: a real browser, the real bot with its page, a stand-in for Discord.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freePort, PAGE_ENV } from '../../support/discord/browser.ts'
import { openWorld, type World } from '../../support/discord/world.ts'
import { accessibilityProblems, closeBrowser, noBrowser, visit } from '../../support/web/browser.ts'

let world: World
let origin: string
before(async () => {
  if (noBrowser) return
  world = await openWorld()
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  world.stand.oauth.redirectUris.push(`${origin}/login/callback`)
  await world.start({ ...PAGE_ENV, WEB_URL: origin, WEB_PORT: String(port) })
})
after(async () => {
  if (noBrowser) return
  await closeBrowser()
  assert.deepEqual(await world.close(), [])
})

/** Requests to the stand-in are those to Discord. */
const ours = (problems: string[]): string[] =>
  problems.filter((p) => !p.startsWith('request to') || !p.includes('/oauth2/'))

test('somebody logs in, sees their server, and logs out again', { skip: noBrowser }, async () => {
  const { stand, people, guild } = world
  stand.oauth.visitor = people.member.user
  const { page, problems, close } = await visit(`${origin}/${guild.id}/main/try`)
  await page.getByRole('link', { name: 'Sign in with Discord' }).click()
  await page.waitForURL(`${origin}/${guild.id}/main/try`)
  await page.getByRole('navigation').first().waitFor()
  const seen = await page.evaluate(async () => (await fetch('/api/me')).json())
  assert.deepEqual([seen.kind, seen.name], ['discord', 'member'])
  assert.deepEqual(await page.evaluate(() => document.cookie), '', 'no script sees the session')
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByText('Signed in as member').waitFor()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('link', { name: 'Sign in with Discord' }).waitFor()
  assert.deepEqual(ours(problems), [])
  await close()
})

for (const [locale, colorScheme] of [
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
  ['ja-JP', 'light'],
  ['ja-JP', 'dark'],
] as const)
  test(`the login page is readable by everybody (${locale}, ${colorScheme})`, { skip: noBrowser }, async () => {
    const options = { locale, colorScheme, viewport: { width: 360, height: 640 } }
    const { page, problems, close } = await visit(`${origin}/login?error=login.cancelled`, options)
    assert.deepEqual(await accessibilityProblems(page), [])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    assert.equal(overflow, false, 'no sideways scroll')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '/login/discord?to=%2F')
    assert.deepEqual(problems, [])
    await close()
  })
