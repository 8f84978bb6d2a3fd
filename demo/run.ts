// The main job without Discord: draws characters, adds them, trains, and asks about pictures that were not trained on.
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openApp } from '../src/app.ts'
import { FileSources } from '../src/files/sources.ts'
import { draw, STRANGERS, TAUGHT } from './characters.ts'
import { openRunner } from './commands.ts'
import { writeSheet } from './sheet.ts'

const OUT = fileURLToPath(new URL('./out/', import.meta.url))
/** Pictures of a character that are trained on, and others that are asked about. */
const ADDED = 20
const ASKED = 8

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  say(`${what} in ${((performance.now() - start) / 1000).toFixed(1)} s.`)
  return result
}

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT)
await timed(`Drew ${(ADDED + ASKED) * TAUGHT.length + ASKED * STRANGERS.length} pictures`, async () => {
  for (const name of TAUGHT) for (let k = 0; k < ADDED; k++) await draw(join(OUT, 'added', name), name, k)
  for (const name of [...TAUGHT, ...STRANGERS])
    for (let k = ADDED; k < ADDED + ASKED; k++) await draw(join(OUT, 'asked'), name, k)
})

const app = await openApp(join(OUT, 'home'))
try {
  const run = await openRunner(app)
  await timed(`Imported ${TAUGHT.length} labels`, () => run('import', { dir: join(OUT, 'added') }, say))
  await run('train', { head: 'auto', robust: 'on' }, say)
  const results = await timed('Asked about new pictures', () =>
    run('predict', { pictures: new FileSources([join(OUT, 'asked')]) }),
  )
  const answers = results.flatMap((result) => {
    if (result.key !== 'predicted' || !('top' in result.values)) return []
    const { file, label } = result.values
    const [truth = ''] = basename(file).split('-')
    return [{ file, truth, text: label ?? 'unknown', right: label === (TAUGHT.includes(truth) ? truth : null) }]
  })
  const rightAbout = (names: string[]): string => {
    const some = answers.filter((a) => names.includes(a.truth))
    return `${some.filter((a) => a.right).length} of ${some.length}`
  }
  say(`Right about characters that it was trained on: ${rightAbout(TAUGHT)}.`)
  say(`Said "I don't know" to the others: ${rightAbout(STRANGERS)}.`)
  for (const a of answers.filter((a) => !a.right)) say(`  wrong: ${basename(a.file)} was called ${a.text}`)
  await writeSheet(join(OUT, 'sheet.png'), answers)
  say('Every picture with its answer: demo/out/sheet.png')
} finally {
  await app.close()
}
