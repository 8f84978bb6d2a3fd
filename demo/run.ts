// The main job without Discord: draws characters, files them, trains, asks about pictures that it has not seen.
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import importFolder from '../commands/dataset/import.ts'
import predict from '../commands/model/predict.ts'
import train from '../commands/model/train.ts'
import { registry } from '../commands/registry.ts'
import { openApp } from '../src/app.ts'
import type { Command } from '../src/commands/define.ts'
import { DEFAULT_DATASET, LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { sourcesOf } from '../src/files.ts'
import type { Prediction } from '../src/services/prediction.ts'
import { draw, STRANGERS, TAUGHT } from './characters.ts'
import { writeSheet } from './sheet.ts'

const OUT = fileURLToPath(new URL('./out/', import.meta.url))
const FILED = 20
const ASKED = 8
const say = (text: string): boolean => process.stdout.write(`${text}\n`)

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT)
const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const start = performance.now()
  const result = await work()
  say(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}

await timed(`Drew ${(FILED + ASKED) * TAUGHT.length + ASKED * STRANGERS.length} pictures`, async () => {
  for (const name of TAUGHT) for (let k = 0; k < FILED; k++) await draw(join(OUT, 'filed', name), name, k)
  for (const name of [...TAUGHT, ...STRANGERS])
    for (let k = FILED; k < FILED + ASKED; k++) await draw(join(OUT, 'asked'), name, k)
})

const app = await openApp(join(OUT, 'home'))
const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: DEFAULT_DATASET, create: true })
const run = async (command: Command, options: Record<string, unknown>) => {
  const answers: object[] = []
  for await (const event of command.run({
    app,
    commands: registry,
    server: LOCAL_SERVER,
    dataset,
    options,
    by: 'demo',
    requireAccess: () => {},
  }))
    if ('result' in event) answers.push(event.result.values)
  return answers
}
try {
  const [filed] = await timed(`Filed them under ${TAUGHT.length} labels`, () =>
    run(importFolder, { dir: join(OUT, 'filed') }),
  )
  say(`  ${JSON.stringify(filed)}`)
  const [version] = await timed('Trained', () => run(train, { head: 'auto' }))
  say(`  cross-validated: ${JSON.stringify(version)}`)
  const answers = (await timed('Asked about pictures that it has not seen', () =>
    run(predict, { pictures: sourcesOf([join(OUT, 'asked')]) }),
  )) as Prediction[]
  const tiles = answers.map(({ file, label }) => {
    const truth = basename(file).split('-')[0]!
    return { file, truth, label, text: label ?? 'unknown', right: label === (TAUGHT.includes(truth) ? truth : null) }
  })
  const count = (among: string[]) => {
    const some = tiles.filter((t) => among.includes(t.truth))
    return `${some.filter((t) => t.right).length} of ${some.length}`
  }
  say(`Right about characters it was taught: ${count(TAUGHT)}`)
  say(`Said "I don't know" to those it was not: ${count(STRANGERS)}`)
  for (const t of tiles.filter((w) => !w.right)) say(`  wrong: ${basename(t.file)} was called ${t.text}`)
  await writeSheet(join(OUT, 'sheet.png'), tiles)
  say('Every picture with its answer: demo/out/sheet.png')
} finally {
  await app.close()
}
