// Somebody who looks through a gallery: `node bench/web/visitor.ts PORT COOKIES SERVER`, until its input ends. Prints how much it loaded.
import { type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { PAGE } from '../../test/support/discord/browser.ts'

const [port = '', cookie = '', server = ''] = process.argv.slice(2)
/** Cells of a screen, requests that a browser has on the way, and a look at each screen in milliseconds. */
const [SCREEN, IN_FLIGHT, LOOK_MS] = [84, 6, 500]

let isOver = false
process.stdin.resume().on('end', () => {
  isOver = true
})

function ask(path: string, body?: object): Promise<IncomingMessage> {
  const headers = { host: new URL(PAGE).host, cookie, origin: PAGE }
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: `/api/${path}`, method: body ? 'POST' : 'GET', headers }, resolve)
      .on('error', reject)
      .end(body && JSON.stringify(body))
  })
}

async function read(path: string, body?: object): Promise<Buffer> {
  const response = await ask(path, body)
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  if (response.statusCode !== 200) throw new Error(`Expected ${path}, received ${response.statusCode}`)
  return Buffer.concat(chunks)
}

async function loadPictures(ids: number[]): Promise<void> {
  const waiting = ids.values()
  const load = async (): Promise<void> => {
    for (const id of waiting) await read(`${server}/main/pictures/${id}?size=160`)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, load))
}

const events = await ask('events')
events.resume()
let screens = 0
while (!isOver) {
  await read('me')
  const bytes = await read(`${server}/main/gallery/ids`)
  const ids = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i))
  for (let from = 0; from < ids.length && !isOver; from += SCREEN) {
    const shown = ids.slice(from, from + SCREEN)
    await read(`${server}/main/examples`, { ids: shown })
    await loadPictures(shown)
    screens++
    await sleep(LOOK_MS)
  }
}
events.destroy()
process.stdout.write(String(screens))
