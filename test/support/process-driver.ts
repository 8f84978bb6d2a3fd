// A process of its own that changes a database as it is told: a line of JSON for each change on stdin, one for each outcome on stdout.
import { createInterface } from 'node:readline'
import { openApp } from '../../src/app.ts'
import { joinServer } from '../../src/db/servers.ts'
import { changeSettings, type Settings } from '../../src/services/settings.ts'

export type Change =
  | { what: 'settings'; server: string; by: string; set: Partial<Settings> }
  | { what: 'watch'; server: string; by: string; channel: string }
  | { what: 'join'; server: string }
/** `result`: whether a server is new. */
export type Outcome = { result?: boolean } | { error: string }

const app = await openApp(process.argv[2] ?? '', { readers: 1 })

async function run(change: Change): Promise<Outcome> {
  if (change.what === 'join') return { result: await joinServer(app.db, change.server) }
  const { server, by } = change
  const detail = change.what === 'settings' ? change.set : { watch: change.channel }
  await changeSettings(app.db, { server, by, detail }, (settings) => {
    if (change.what === 'settings') Object.assign(settings, change.set)
    else settings.watched.push(change.channel)
  })
  return {}
}

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
say({ ready: true })
for await (const line of createInterface({ input: process.stdin })) {
  const changes = JSON.parse(line) as Change[]
  // Read before anything waits: whatever it does first, it has done when this arrives.
  say({ started: changes.length })
  for (const change of changes) say(await run(change).catch((error: Error) => ({ error: error.message })))
}
await app.close()
