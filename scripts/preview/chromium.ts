// Chromium as this machine has it, by its DevTools protocol: pages are loaded and pictures of their parts taken.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { z } from 'zod'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome']
const STARTED = /DevTools listening on (ws:\S+)/
const READY_WITHIN_MS = 30_000

type Theme = 'dark' | 'light'
type View = { width: number; theme: Theme; scale?: number }
/** CSS pixels. */
type Box = { x: number; y: number; width: number; height: number }

export type Browser = {
  /** PNG of what a CSS selector finds; of the whole page without one. */
  shoot(url: string, view: View, selector?: string): Promise<Buffer>
  /** What an expression gives on the page that was loaded last. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** Undefined where no Chromium is installed. */
export async function openBrowser(): Promise<Browser | undefined> {
  for (const program of PROGRAMS) {
    const browser = await start(program)
    if (browser) return browser
  }
  return undefined
}

async function start(program: string): Promise<Browser | undefined> {
  const profile = mkdtempSync(join(tmpdir(), 'mekiki-chromium-'))
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-background-networking']
  const child = spawn(program, [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(child, 'exit').catch(() => undefined)
  const address = await new Promise<string | undefined>((resolve) => {
    let said = ''
    child.on('error', () => resolve(undefined)).on('exit', () => resolve(undefined))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [, found] = STARTED.exec(said) ?? []
      if (found) resolve(found)
    })
    setTimeout(() => resolve(undefined), READY_WITHIN_MS).unref()
  })
  const end = async (): Promise<void> => {
    if (child.pid !== undefined) {
      child.kill()
      await exited
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  if (address === undefined) {
    await end()
    return undefined
  }
  const connection = await connect(address)
  const page = await openPage(connection)
  return {
    ...page,
    async close() {
      connection.close()
      await end()
    },
  }
}

type Send = (method: string, params?: object, session?: string) => Promise<unknown>
type Connection = { send: Send; next(event: string): Promise<void>; close(): void }

const Received = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
})

async function connect(address: string): Promise<Connection> {
  const socket = new WebSocket(address, { maxPayload: 0 })
  await once(socket, 'open')
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Map<string, () => void>()
  let last = 0
  socket.on('message', (data) => {
    const { id, method, result, error } = Received.parse(JSON.parse(String(data)))
    if (method !== undefined) listeners.get(method)?.()
    const sent = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !sent) return
    waiting.delete(id)
    if (error) sent.reject(new Error(error.message))
    else sent.resolve(result)
  })
  return {
    send: (method, params = {}, sessionId) => {
      const id = ++last
      socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }))
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    },
    next: (event) => new Promise((resolve) => listeners.set(event, resolve)),
    close: () => socket.close(),
  }
}

const Target = z.object({ targetId: z.string() })
const Session = z.object({ sessionId: z.string() })
const Shot = z.object({ data: z.string() })
const Value = z.object({ result: z.object({ value: z.unknown().optional() }) })
const BoxValue = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

async function openPage({ send, next }: Connection): Promise<Omit<Browser, 'close'>> {
  const { targetId } = Target.parse(await send('Target.createTarget', { url: 'about:blank' }))
  const { sessionId } = Session.parse(await send('Target.attachToTarget', { targetId, flatten: true }))
  const ask = (method: string, params?: object) => send(method, params, sessionId)
  await ask('Page.enable')
  const evaluate = async (expression: string): Promise<unknown> =>
    Value.parse(await ask('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })).result.value

  async function boxOf(selector: string): Promise<Box> {
    const box = `(({x, y, width, height}) => ({x: x + scrollX, y: y + scrollY, width, height}))`
    return BoxValue.parse(
      await evaluate(`${box}(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`),
    )
  }
  let loaded = ''
  return {
    evaluate,
    async shoot(url, { width, theme, scale = 1 }, selector = 'html') {
      const size = { width, height: 900, deviceScaleFactor: scale, mobile: width < 600 }
      await ask('Emulation.setDeviceMetricsOverride', size)
      await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] })
      if (loaded !== url) {
        const isLoaded = next('Page.loadEventFired')
        await ask('Page.navigate', { url })
        await isLoaded
        loaded = url
      }
      await evaluate(
        'document.fonts.ready.then(() => Promise.all([...document.images].map((i) => i.decode().catch(() => 0)))).then(() => 0)',
      )
      const clip = { ...(await boxOf(selector)), scale: 1 }
      const { data } = Shot.parse(await ask('Page.captureScreenshot', { clip, captureBeyondViewport: true }))
      return Buffer.from(data, 'base64')
    },
  }
}
