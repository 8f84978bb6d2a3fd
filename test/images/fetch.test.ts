import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { downloadTimeout, urlSource } from '../../src/images/fetch.ts'
import { LIMITS } from '../../src/images/limits.ts'

const SIZE = 300_000
let isFollowed = false
const server = createServer((request, response) => {
  if (request.url === '/claims') response.writeHead(200, { 'content-length': LIMITS.bytes + 1 }).end()
  else if (request.url === '/away') response.writeHead(302, { location: '/followed' }).end()
  else if (request.url === '/followed') isFollowed = true
  else response.end(Buffer.alloc(SIZE, 7))
})
let host: string
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  server.close()
  server.closeAllConnections()
})

test('the time for a download grows with its size, up to that of the largest picture', () => {
  const slow = 64 * 2 ** 10
  for (const bytes of [0, 2 ** 20, LIMITS.bytes])
    assert.ok(downloadTimeout(bytes) >= 20_000 + (1000 * bytes) / slow, `${bytes} bytes at 512 kbit/s`)
  assert.equal(downloadTimeout(2 ** 40), downloadTimeout(LIMITS.bytes))
})

test('what comes is read; what claims to be too large is not', async () => {
  const bytes = await urlSource('a.png', `http://${host}/a.png`, [host]).read()
  assert.equal(bytes.length, SIZE)
  await assert.rejects(urlSource('b.png', `http://${host}/claims`, [host]).read(), { code: 'picture.too-large' })
})

test('only Discord’s hosts are asked, and those that the operator names, whatever an address looks like', async () => {
  const strange = [
    'http://cdn.discordapp.com/a.png',
    'https://cdn.discordapp.com.example.net/a.png',
    'https://cdn.discordapp.com@example.net/a.png',
    'https://example.net/cdn.discordapp.com/a.png',
    'https://cdn.discordapp.com:8443/a.png',
    'https://discordapp.com/a.png',
    'https://127.0.0.1/a.png',
    'http://[::1]/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    `ftp://${host}/a.png`,
    'no address',
    '',
  ]
  for (const address of strange)
    await assert.rejects(urlSource('a.png', address, [host]).read(), { code: 'download.host' }, address)
  await assert.rejects(urlSource('a.png', `http://${host}/a.png`, []).read(), { code: 'download.host' })
})

test('a redirect is not followed', async () => {
  await assert.rejects(urlSource('a.png', `http://${host}/away`, [host]).read(), { code: 'download.failed' })
  assert.equal(isFollowed, false)
})
