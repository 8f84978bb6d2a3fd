// A process of its own that trains what is asked for in a PostgreSQL, until its stdin ends. It says what it does, a line of JSON each.
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { openApp } from '../../src/app.ts'
import { startTrainer } from '../../src/services/training/trainer.ts'

const [home = '', databaseUrl = '', quietMs = '4000', standsStill = 'false'] = process.argv.slice(2)
// At once, so that nothing is left unsaid while it stands still.
const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)

const app = await openApp(home, { databaseUrl })
app.events.on('trainingStarted', (dataset) => say({ began: dataset }))
let steps = 0
if (standsStill === 'true')
  app.events.on('trainingStatus', (_, status) => {
    // Once a second step is told, the first is in the database.
    if (status.state !== 'running' || status.progress.of !== 'percent' || ++steps !== 2) return
    say({ computes: true })
    process.kill(process.pid, 'SIGSTOP')
  })
app.events.on('trainingFinished', (dataset) => say({ wrote: dataset }))
assert(app.jobs)
const trainer = startTrainer(app, {
  jobs: app.jobs.ofTrainer((error) => say({ problem: String(error) })),
  quietMs: Number(quietMs),
  report: (event) => say({ reported: event }),
  onError: (error) => say({ problem: String(error) }),
})
say({ ready: process.pid })
process.stdin.resume()
await once(process.stdin, 'end')
await trainer.stop()
await app.close()

function assert(jobs: unknown): asserts jobs {
  if (!jobs) throw new Error('Expected a PostgreSQL')
}
