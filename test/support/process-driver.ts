// A process of its own that changes a database as it is told: a line of JSON for each change on stdin, one for each outcome on stdout.
import { createInterface } from 'node:readline'
import { openApp } from '../../src/app.ts'
import { joinServer } from '../../src/db/servers.ts'
import { parseLabel } from '../../src/label.ts'
import { bringLabelBack, removeLabel } from '../../src/services/label-changes.ts'
import { decideOnExamples } from '../../src/services/review.ts'
import { changeSettings, type Settings } from '../../src/services/settings.ts'

export type Change =
  | { what: 'settings'; server: string; by: string; set: Partial<Settings> }
  | { what: 'watch'; server: string; by: string; channel: string }
  | { what: 'join'; server: string }
  | LabelChange
type LabelChange =
  | { what: 'move'; dataset: number; by: string; shown: [example: number, label: number][]; label: string }
  | { what: 'delete label' | 'restore label'; dataset: number; by: string; label: string }
/** `result`: whether a server is new. `done`, `changed`: examples that were moved, or not. */
export type Outcome = { result?: boolean; done?: number; changed?: number } | { error: string }

const app = await openApp(process.argv[2] ?? '', { readers: 1, databaseUrl: process.env.DATABASE_URL })

async function run(change: Change): Promise<Outcome> {
  if (change.what === 'join') return { result: await joinServer(app.db, change.server) }
  if ('dataset' in change) return runOnDataset(change)
  const { server, by } = change
  const detail = change.what === 'settings' ? change.set : { watch: change.channel }
  await changeSettings(app.db, { server, by, detail }, (settings) => {
    if (change.what === 'settings') Object.assign(settings, change.set)
    else settings.watched.push(change.channel)
  })
  return {}
}

async function runOnDataset(change: LabelChange): Promise<Outcome> {
  const { dataset, by } = change
  const about = { label: parseLabel(change.label), by, as: 'reviewer' as const }
  if (change.what !== 'move') {
    const work = change.what === 'delete label' ? removeLabel : bringLabelBack
    return { done: (await work(app, dataset, about)).examples }
  }
  const shown = new Map(change.shown)
  const verdict = { ...about, examples: [...shown.keys()], decision: 'move' as const, agreement: 1, shown }
  const { done, changed = [] } = await decideOnExamples(app, dataset, verdict)
  return { done, changed: changed.length }
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
