// What changes reaches those who watch: examples, trainings here and in other processes, and nobody who may not look.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { until } from '../../support/until.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

let site: TestSite
before(async () => {
  site = await openTestSite()
})
after(() => site.close())

type Event = { event: string; data: { server?: string; dataset?: string; state?: string; revision?: number } }

/** An open stream; `until` resolves with the first event that fits. */
async function watch(init: RequestInit = {}) {
  const gone = new AbortController()
  const response = await site.request('/api/events', { ...init, signal: gone.signal })
  const seen: Event[] = []
  let notify = (): void => {}
  let isEnded = false
  void (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n')
        text = text.slice(end + 2)
        const field = (name: string) =>
          lines
            .find((l) => l.startsWith(`${name}:`))
            ?.slice(name.length + 1)
            .trim()
        const event = field('event')
        if (event) seen.push({ event, data: JSON.parse(field('data')!) })
        notify()
      }
    }
  })()
    .catch(() => {})
    .finally(() => {
      isEnded = true
      notify()
    })
  async function until(fits: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const found = seen.find(fits)
      if (found) return found
      if (isEnded) throw new Error(`The stream ended after ${JSON.stringify(seen)}`)
      await new Promise<void>((resolve) => (notify = resolve))
    }
  }
  await until(({ event }) => event === 'hello')
  return { seen, until, close: () => gone.abort(), ended: () => isEnded }
}

test('an added picture raises the revision, and its training shows from its first step to its end', async () => {
  const stream = await watch()
  await site.run('add-samples')
  const added = await stream.until(({ event }) => event === 'revision')
  assert.deepEqual([added.data.server, added.data.dataset], ['local', 'main'])
  await site.run('train')
  await stream.until(({ event, data }) => event === 'training' && data.state === 'running')
  await stream.until(({ event, data }) => event === 'training' && data.state === 'done')
  stream.close()
})

test('a training elsewhere that ends just after somebody began to listen is told to have ended', async () => {
  const { ttlStore, db } = site.app
  const { id } = await db
    .selectFrom('datasets')
    .select('id')
    .where('server', '=', '')
    .limit(1)
    .executeTakeFirstOrThrow()
  const key = `training:${id}`
  await ttlStore.set(key, { done: 1, total: 2, of: 'pictures' }, 60_000)
  const stream = await watch()
  await stream.until(({ event, data }) => event === 'training' && data.state === 'running')
  // Before this process has looked for itself.
  await ttlStore.delete(key)
  await stream.until(({ event, data }) => event === 'training' && data.state === 'done')
  stream.close()
})

test('one person has so many streams and no more', async () => {
  const streams = []
  for (let i = 0; i < 12; i++) streams.push(await watch())
  const refused = await site.request('/api/events')
  assert.equal(refused.status, 429)
  for (const stream of streams) stream.close()
  // The server hears of it with the connection's end.
  await until(async () => {
    const response = await site.request('/api/events')
    await response.body?.cancel()
    return response.status === 200
  })
})
