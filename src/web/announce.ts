import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { renderUnicodeCompact } from 'uqr'
import { config } from '../config.ts'
import type { WebStartWords } from '../locales/web-start-words.ts'
import type { TokenAccess } from './auth/token.ts'

type About = {
  access: TokenAccess
  port: number
  addresses: readonly string[]
  isTrainedElsewhere: boolean
  isLan: boolean
  words: WebStartWords
}

/** Prints where the page is, a new link with each Enter, and returns when it is told to stop. */
export async function announce(about: About): Promise<void> {
  const { words, isTrainedElsewhere } = about
  say(words.ready)
  sayLink(about)
  say(words.opensOnce)
  if (isTrainedElsewhere) say(words.botTrains)
  say(words.data(config.home))
  const stop = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort())
  // Where nobody types, nothing is waited for.
  const keys = process.stdin.isTTY ? createInterface({ input: process.stdin }) : undefined
  if (keys) say(words.fresh)
  keys?.on('line', () => sayLink(about)).on('SIGINT', () => stop.abort())
  await once(stop.signal, 'abort')
  keys?.close()
}

/** With a token of its own: links that were printed before no longer work. */
function sayLink({ access, port, addresses, isLan, words }: About): void {
  const token = access.newToken()
  const link = (host: string): string => `http://${host}:${port}/enter#${token}`
  say(`\n  ${link('127.0.0.1')}\n`)
  if (!isLan) return
  const [address] = addresses
  if (address === undefined) {
    say(words.noLan)
    return
  }
  say(words.lan)
  say(words.lanCode)
  for (const host of addresses) say(`  ${link(host)}`)
  say(renderUnicodeCompact(link(address)))
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
