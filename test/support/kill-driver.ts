// Files pictures and says each one that was acknowledged, as soon as it was: to be killed while it does.
import { writeSync } from 'node:fs'
import { openApp } from '../../src/app.ts'
import { DEFAULT_DATASET, LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { FileSources } from '../../src/files/sources.ts'
import { parseLabel } from '../../src/label.ts'
import { addPictures } from '../../src/services/labeling.ts'

const [home, folder] = process.argv.slice(2) as [string, string]
const app = await openApp(home, { readers: 1 })
const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: DEFAULT_DATASET, create: true })
const sources = await Array.fromAsync(new FileSources([folder]))
const filings = sources.map((source, i) => ({ source, label: parseLabel(`label ${i % 3}`) }))
let at = 0
for await (const outcome of addPictures(app, { dataset, by: 'test' }, filings)) {
  const { source } = filings[at++]!
  // Synchronous: what was said was said, whenever the end comes.
  if (outcome === 'duplicate' || 'added' in outcome) writeSync(1, `${source.storedAs ?? source.name}\n`)
}
await app.close()
