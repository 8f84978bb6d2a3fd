// A thousand open event streams of a bot's page: memory, and how late a change arrives; and five tabs of one browser.
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Browser, CALLBACK, PAGE, PAGE_ENV, pagePort } from '../../test/support/discord/browser.ts'
import { openWorld, type World } from '../../test/support/discord/world.ts'
import { closeBrowser, noBrowser, visit } from '../../test/support/web/browser.ts'
import { openTestSite } from '../../test/support/web/site.ts'
import { describeDurations } from './durations.ts'
import { residentMiB } from './served.ts'

const [STREAMS, OF_A_PERSON, TABS] = [1_000, 10, 5]
/** Changes that everybody is told of, and milliseconds between two. */
const [CHANGES, PAUSE_MS] = [20, 500]
/** Milliseconds after which memory is looked at: nothing is under way any more. */
const SETTLED_MS = 3_000

type Stream = { onRevision: () => void; close(): void }

/** `delays`: milliseconds from when a change is asked for until a stream tells of it. */
export async function measureStreams({ streams = STREAMS, changes = CHANGES } = {}) {
  const world = await openWorld()
  const open: Stream[] = []
  try {
    world.stand.oauth.redirectUris.push(CALLBACK)
    const bot = await world.start(PAGE_ENV)
    const browsers = await logInMany(world, { port: pagePort(bot), people: Math.ceil(streams / OF_A_PERSON) })
    await sleep(SETTLED_MS)
    const before = residentMiB(bot.process.pid)
    for (let i = 0; i < streams; i++) open.push(await openStream(pagePort(bot), browsers[i % browsers.length]))
    await sleep(SETTLED_MS)
    const memory = residentMiB(bot.process.pid) - before
    const delays: number[] = []
    const manager = new Browser(pagePort(bot))
    await manager.logIn(world.stand, world.people.manager.user)
    for (let i = 0; i < changes; i++) delays.push(...(await changeOnce(manager, world.guild.id, { open, time: i })))
    return { streams, mebibytes: memory, delays: describeDurations(delays), tabs: TABS, ofTabs: await countOfTabs() }
  } finally {
    for (const stream of open) stream.close()
    await world.close()
  }
}

async function logInMany({ stand, guild }: World, { port, people }: { port: number; people: number }) {
  const browsers: Browser[] = []
  for (let i = 0; i < people; i++) {
    const browser = new Browser(port)
    await browser.logIn(stand, stand.addUser(`person ${i}`, guild))
    browsers.push(browser)
  }
  return browsers
}

function openStream(port: number, browser: Browser | undefined): Promise<Stream> {
  const cookie = [...(browser?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { host: new URL(PAGE).host, cookie, accept: 'text/event-stream' }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/api/events', headers, agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`Expected a stream, received ${response.statusCode}`))
      const stream: Stream = { onRevision: () => {}, close: () => sent.destroy() }
      response.on('error', () => {})
      response.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('event: revision')) stream.onRevision()
        if (text.includes('event: hello')) resolve(stream)
      })
    })
    sent.on('error', reject).end()
  })
}

type Change = { open: Stream[]; time: number }

/** Changes a setting, and waits until every stream has told. */
async function changeOnce(manager: Browser, server: string, { open, time }: Change): Promise<number[]> {
  const start = performance.now()
  const told = open.map(
    (stream) =>
      new Promise<number>((resolve) => {
        stream.onRevision = () => resolve(performance.now() - start)
      }),
  )
  const answer = await manager.post(`/api/${server}/main/settings`, { caution: time % 2 ? 'high' : 'low' })
  if (answer.status !== 200) throw new Error(`Expected a change, received ${answer.text}`)
  const delays = await Promise.all(told)
  await sleep(PAUSE_MS)
  return delays
}

/** Streams that a browser with some tabs has open; null: there is no browser on this machine. */
async function countOfTabs(): Promise<number | null> {
  if (noBrowser) return null
  const site = await openTestSite()
  const { page, close } = await visit(site.link())
  await page.waitForSelector('main h1')
  // The stream of the first page ends before any is counted.
  await page.goto('about:blank')
  const context = page.context()
  let open = 0
  const isStream = (url: string): boolean => url.endsWith('/api/events')
  context.on('request', (sent) => (open += Number(isStream(sent.url()))))
  context.on('requestfailed', (sent) => (open -= Number(isStream(sent.url()))))
  const address = `${site.origin}/local/main/try`
  await page.goto(address)
  for (let tab = 1; tab < TABS; tab++) await (await context.newPage()).goto(address)
  await sleep(SETTLED_MS)
  await close()
  await closeBrowser()
  await site.close()
  return open
}
