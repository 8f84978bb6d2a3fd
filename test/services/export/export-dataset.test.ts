// A dataset as files for other programs.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { draw } from '../../../demo/characters.ts'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { addExample } from '../../../src/db/examples.ts'
import { fileSource } from '../../../src/files/sources.ts'
import { parseLabel } from '../../../src/label.ts'
import type { Progress } from '../../../src/progress.ts'
import { exportDataset } from '../../../src/services/export/export-dataset.ts'
import { addPictures, type LabelledSource } from '../../../src/services/labeling.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'

const EACH = 6

const home = mkdtempSync(join(tmpdir(), 'mekiki-export-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(join(home, 'data'))
  dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  const labelled: LabelledSource[] = []
  for (const [name, label] of [
    ['Akari', 'Akari/red'],
    ['Botan', 'Botan'],
  ] as const)
    for (let k = 0; k < EACH; k++)
      labelled.push({ source: fileSource(await draw(join(home, 'drawn'), name, k)), label: parseLabel(label) })
  for await (const outcome of addPictures(app, { dataset, by: 'test' }, labelled)) assert.ok(outcome !== 'duplicate')
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

test('pictures lie in a folder a label, with a line each in the CSV; untrained, there is no classifier', async () => {
  const dir = join(home, 'pictures only')
  const steps: Progress[] = []
  const work = exportDataset(app, dataset, dir)
  let step = await work.next()
  for (; !step.done; step = await work.next()) steps.push(step.value)
  assert.deepEqual(step.value, { examples: 2 * EACH, excluded: 0, withdrawn: 0, unreadable: 0, classifier: null })
  assert.deepEqual(steps.at(-1), { done: 2 * EACH, total: 2 * EACH, of: 'pictures' })
  assert.deepEqual(readdirSync(join(dir, 'pictures')).sort(), ['Akari_red', 'Botan'])
  const [head, ...rows] = readFileSync(join(dir, 'metadata.csv'), 'utf8').trimEnd().split('\n')
  assert.equal(head, 'file_name,label,original_file,filed_at,filed_by')
  assert.equal(rows.length, 2 * EACH)
  for (const row of rows) assert.ok(existsSync(join(dir, row.split(',')[0] ?? '')), row)
})

test('trained, the network that is written answers as the active version does', async () => {
  await runToEnd(trainVersion(app, dataset, { heads: ['linear'], budget: 0, by: 'test' }))
  const dir = join(home, 'with classifier')
  const { classifier } = await runToEnd(exportDataset(app, dataset, dir))
  assert.ok(classifier)
  assert.ok(classifier.largestDifference < 1e-3, `${classifier.largestDifference}`)
  assert.deepEqual([classifier.version, classifier.labels, classifier.checked], [1, 2, 2 * EACH])
  const description = JSON.parse(readFileSync(join(dir, 'classifier.json'), 'utf8'))
  assert.deepEqual([description.version, description.labels], [1, ['Akari/red', 'Botan']])
})

test('a folder with something in it is left alone', async () => {
  const dir = mkdtempSync(join(home, 'taken-'))
  writeFileSync(join(dir, 'mine.txt'), 'x')
  await assert.rejects(runToEnd(exportDataset(app, dataset, dir)), { code: 'export.not-empty' })
  assert.deepEqual(readdirSync(dir), ['mine.txt'])
})

test('a label or file that a spreadsheet would take for a formula is written as text', async () => {
  const formulas = ['=1+1', '+1', '-1', '@A1']
  const other = await openDataset(app.db, { server: LOCAL_SERVER, name: 'formulas', create: true })
  for (const [k, formula] of formulas.entries()) {
    const hash = Buffer.from(formula)
    await addExample(app.db, other, {
      label: parseLabel(formula),
      file: `${formula}.png`,
      by: 'test',
      picture: {
        fileHash: hash,
        pixelHash: hash,
        perceptualHash: BigInt(k),
        copy: hash,
        width: 8,
        height: 8,
        contrast: 50,
      },
      backbone: 'made-up@1',
      features: Float32Array.of(1),
    })
  }
  const dir = join(home, 'formulas')
  await runToEnd(exportDataset(app, other, dir))
  const [, ...rows] = readFileSync(join(dir, 'metadata.csv'), 'utf8').trimEnd().split('\n')
  assert.deepEqual(
    rows.map((row) => row.split(',').slice(1, 3)),
    formulas.map((formula) => [`'${formula}`, `'${formula}.png`]),
  )
})
