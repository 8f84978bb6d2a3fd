import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { downloadTimeout, urlSource } from '../../src/images/fetch.ts'
import { LIMITS } from '../../src/images/limits.ts'

const SIZE = 300_000
const server = createServer((request, response) => {
  if (request.url === '/claims') response.writeHead(200, { 'content-length': LIMITS.bytes + 1 }).end()
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
