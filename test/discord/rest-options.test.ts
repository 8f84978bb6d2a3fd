// How long a request to Discord may take.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { REST } from 'discord.js'
import { restOptions } from '../../src/discord/rest-options.ts'
import { until } from '../support/until.ts'

/** An answer within 50 ms, and ten minutes for the bytes of the file. */
const PATIENCE = { answerMs: 50, bytesPerSecond: 1_000 }
const FILE_BYTES = 600_000

/** Takes everything, and answers when it is told to. */
const waiting: { size: number; response: ServerResponse }[] = []
const server = createServer((request, response) => void take(request, response))
async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let size = 0
  for await (const part of request) size += part.length
  waiting.push({ size, response })
}
const rest = () => {
  const { port } = server.address() as AddressInfo
  return new REST({ ...restOptions(`http://127.0.0.1:${port}/api/`, { patience: PATIENCE }), retries: 0 }).setToken(
    'token',
  )
}
before(() => once(server.listen(0, '127.0.0.1'), 'listening'))
after(() => {
  server.closeAllConnections()
  server.close()
})

test('a small request that is not answered ends long before one that uploads a file, which is waited for', async () => {
  const file = { name: 'export.zip', data: Buffer.alloc(FILE_BYTES) }
  const upload = rest().post('/channels/1/messages', { files: [file], body: { content: 'a file' } })
  await assert.rejects(rest().post('/channels/2/messages', { body: { content: 'small' } }), { name: 'AbortError' })
  const findSlow = () => waiting.find(({ size }) => size > FILE_BYTES)
  await until(
    () => findSlow() !== undefined,
    () => 'the file did not arrive',
  )
  findSlow()?.response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}')
  assert.deepEqual(await upload, { id: '1' })
})
