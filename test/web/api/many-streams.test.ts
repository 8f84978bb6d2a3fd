// As many event streams as there may be, of many people: each is told, one more is refused, and others are served meanwhile.
import assert from 'node:assert/strict'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { after, before, test } from 'node:test'
import { until } from '../../support/until.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

const [STREAMS, OF_A_PERSON] = [1_000, 10]

let site: TestSite
before(async () => {
  site = await openTestSite()
})
after(() => site.close())

type Stream = { sent: ClientRequest; response: IncomingMessage; text(): string }

function open(secret: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}` }
    const sent = request(`${site.origin}/api/events`, { headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      response.on('error', () => {})
      resolve({ sent, response, text: () => text })
    })
    sent.on('error', reject).end()
  })
}

test('a thousand streams hear of a change, and leave nothing behind', async () => {
  const streams: Stream[] = []
  for (let i = 0; i < STREAMS / OF_A_PERSON; i++) {
    const person = `person-${i}`
    const secret = await site.web.sessions.open({ person, name: person, kind: 'token' })
    streams.push(...(await Promise.all(Array.from({ length: OF_A_PERSON }, () => open(secret)))))
  }
  for (const { response } of streams) assert.equal(response.statusCode, 200)
  await until(() => streams.every(({ text }) => text().includes('event: hello')))
  const refused = await site.request('/api/events')
  assert.equal(refused.status, 429)
  assert.equal(((await refused.json()) as { code: string }).code, 'web.too-many')

  await site.run('add-samples')
  await until(() => streams.every(({ text }) => text().includes('event: revision')))
  const me = await site.request('/api/me')
  assert.equal(me.status, 200)

  for (const { sent } of streams) sent.destroy()
  await until(async () => {
    const again = await site.request('/api/events')
    await again.body?.cancel()
    return again.status === 200
  })
  assert.deepEqual(site.lines, [])
})
