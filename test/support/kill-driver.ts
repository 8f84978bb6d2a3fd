// Files pictures and says each one that was acknowledged, as soon as it was: to be killed while it does.
import { writeSync } from 'node:fs'
import { openApp } from '../../src/app.ts'
import { collect } from '../../src/collector.ts'
import { listAll } from '../../src/files.ts'
import { openDataset } from '../../src/store/datasets.ts'

const [home, folder] = process.argv.slice(2) as [string, string]
const app = await openApp(home)
const dataset = await openDataset(app.store, 'main', true)
const files = await listAll([folder])
const filings = files.map((file, i) => ({ file, label: `label ${i % 3}` }))
let at = 0
for await (const outcome of collect(app, dataset, filings, 'test')) {
  const { file } = filings[at++]!
  // Synchronous: what was said was said, whenever the end comes.
  if (outcome === 'added' || outcome === 'duplicate') writeSync(1, `${file}\n`)
}
await app.close()
