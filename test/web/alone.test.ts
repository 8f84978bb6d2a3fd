// `mekiki web` as a process of its own: where it listens, who comes in, and what stays over a restart.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { MAIN, makeHome } from '../support/mekiki.ts'

const { root, mekiki } = makeHome()

type Page = { out: () => string; link: string; origin: string; stop(): Promise<number | null> }

async function start(home: string, ...args: string[]): Promise<Page> {
  const env = { ...process.env, MEKIKI_HOME: join(root, home), MEKIKI_LANGUAGE: 'en', WEB_PORT: '0' }
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'web', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  const ended = once(child, 'exit')
  const link = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        out += chunk
        const found = /http:\/\/127\.0\.0\.1:\d+\/enter#\S+/.exec(out)?.[0]
        if (found && /The data are in/.test(out)) resolve(found)
      })
    void ended.then(([code]) => reject(new Error(`It ended with ${code}: ${out}`)))
  })
  return {
    out: () => out,
    link,
    origin: new URL(link).origin,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await ended
      return code
    },
  }
}

async function enter({ link, origin }: Page): Promise<string> {
  const response = await fetch(`${origin}/enter`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(link).hash.slice(1) }),
  })
  assert.equal(response.status, 200)
  return response.headers.get('set-cookie')!.split(';')[0]!
}

const me = (origin: string, cookie: string): Promise<number> =>
  fetch(`${origin}/api/me`, { headers: { cookie } }).then((response) => response.status)

test('the port and the session are the same after a restart; the link is not', async () => {
  const first = await start('restart')
  const cookie = await enter(first)
  assert.equal(await me(first.origin, cookie), 200)
  assert.equal(await first.stop(), 0)
  const second = await start('restart')
  assert.equal(second.origin, first.origin)
  assert.notEqual(second.link, first.link)
  assert.equal(await me(second.origin, cookie), 200)
  assert.equal(await second.stop(), 0)
  assert.match(second.out(), /Stopped\./)
})

test('a port that is taken is said where it was asked for, and stepped over where it was not', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const refused = await mekiki('taken', 'web', '--port', String(port))
  assert.equal(refused.status, 1)
  assert.match(refused.err, /web\.port/)
  const first = await start('taken')
  assert.notEqual(new URL(first.origin).port, String(port))
  await first.stop()
  taken.close()
})

test('what is wrong with the options is said, and nothing is started', async () => {
  for (const args of [
    ['--prot', '1'],
    ['--port', 'eighty'],
    ['--port', '70000'],
    ['--language', 'fr'],
    ['somewhere'],
  ]) {
    const refused = await mekiki('usage', 'web', ...args)
    assert.equal(refused.status, 2, args.join(' '))
    assert.match(refused.err, /web\.usage/)
  }
  const help = await mekiki('usage', 'web', '--help')
  assert.equal(help.status, 0)
  assert.match(help.out, /--lan/)
})

test('only with --lan do other machines come in, and that is said with a code to scan', async () => {
  const page = await start('lan', '--lan')
  assert.match(page.out(), /not encrypted|No network was found/)
  if (!/No network was found/.test(page.out())) {
    const outside = /^ {2}(http:\/\/(?!127\.)[\d.]+:\d+)\/enter#/m.exec(page.out())![1]!
    assert.equal((await fetch(`${outside}/`)).status, 200)
    assert.match(page.out(), /[█▀▄]/)
  }
  await page.stop()
})

test('what is added on the page is trained by itself, as the settings say', async () => {
  const page = await start('train')
  const headers = { cookie: await enter(page), origin: page.origin }
  const added = await fetch(`${page.origin}/api/local/main/add-samples`, { method: 'POST', headers })
  assert.equal(added.status, 200)
  const events = await fetch(`${page.origin}/api/events`, { headers })
  let text = ''
  for await (const chunk of events.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    if (/event: training\ndata: .*"state":"done"/.test(text)) break
  }
  const versions = await fetch(`${page.origin}/api/local/main/versions`, { headers })
  const { results } = (await versions.json()) as { results: { values: { versions: unknown[] } }[] }
  assert.equal(results[0]!.values.versions.length, 1)
  assert.equal(await page.stop(), 0)
})
