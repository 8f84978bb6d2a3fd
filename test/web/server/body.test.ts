// Bodies that come slowly, never end, or are too large, over real HTTP.
import assert from 'node:assert/strict'
import { Agent, type ClientRequest, request } from 'node:http'
import { after, before, test } from 'node:test'
import { Hono } from 'hono'
import { errorCode } from '../../../src/errors.ts'
import type { WebEnv } from '../../../src/web/context.ts'
import { readBody, saveBody } from '../../../src/web/server/body.ts'
import { type Listening, listen } from '../../../src/web/server/listen.ts'
import { ownUploads } from '../../support/web/own-uploads.ts'

const MAX_BYTES = 100_000
/** Whoever sends fewer than one byte in five milliseconds is too slow. */
const PATIENCE = { idleMs: 150, bytesPerSecond: 200 }
/** Milliseconds between two bytes of somebody who never stops for long, and still sends too few. */
const TRICKLE_MS = 40

const PIECE = Buffer.alloc(2 ** 16)

let server: Listening
before(async () => {
  const routes = new Hono<WebEnv>()
    .onError((error, c) => c.text(errorCode(error) ?? 'unknown', 400))
    .put('/read', async (c) => c.text(String((await readBody(c.req.raw, MAX_BYTES, PATIENCE)).length)))
    .put('/save', async (c) => {
      const { remove } = await saveBody(c.req.raw, MAX_BYTES, PATIENCE)
      await remove()
      return c.text('saved')
    })
  server = await listen({ host: '127.0.0.1', port: 0, open: () => routes })
})
after(() => server.close())

const uploads = ownUploads()

function open(path: string): { sent: ClientRequest; answer: Promise<string> } {
  // As browsers: with “Connection: close” a server ends the connection before such an answer is read.
  const agent = new Agent({ keepAlive: true })
  const sent = request({ host: '127.0.0.1', port: server.port, path, method: 'PUT', agent })
  const answer = new Promise<string>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve(text)
    })
  })
  return { sent, answer }
}

for (const path of ['/read', '/save']) {
  test(`a body that stops is given up (${path})`, async () => {
    const before = uploads()
    const { sent, answer } = open(path)
    sent.write('x'.repeat(50_000))
    assert.equal(await answer, 'web.too-slow')
    sent.destroy()
    assert.deepEqual(uploads(), before)
  })

  test(`one byte after the other is given up, too (${path})`, async () => {
    const before = uploads()
    const { sent, answer } = open(path)
    const trickle = setInterval(() => sent.write('x'), TRICKLE_MS)
    const text = await answer.finally(() => clearInterval(trickle))
    assert.equal(text, 'web.too-slow')
    sent.destroy()
    assert.deepEqual(uploads(), before)
  })

  test(`a body that never ends is given up as soon as it is too large (${path})`, async () => {
    const before = uploads()
    const { sent, answer } = open(path)
    const flood = setInterval(() => sent.writableNeedDrain || sent.write(PIECE), 1)
    const text = await answer.finally(() => clearInterval(flood))
    assert.equal(text, 'web.too-large')
    sent.destroy()
    assert.deepEqual(uploads(), before)
  })
}

test('a body that comes in time is read, however many pieces it has', async () => {
  const { sent, answer } = open('/read')
  for (let i = 0; i < 100; i++) sent.write('x'.repeat(100))
  sent.end()
  assert.equal(await answer, '10000')
})
