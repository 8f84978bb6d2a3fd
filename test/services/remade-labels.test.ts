// A label that was emptied and made again under its old name is another one: what was learned of the old one is no answer.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { parseLabel } from '../../src/label.ts'
import { startAutoRetrain } from '../../src/services/auto-retrain.ts'
import { removeLabel } from '../../src/services/label-changes.ts'
import { addPictures } from '../../src/services/labeling.ts'
import { createPredictor } from '../../src/services/prediction.ts'
import { decideOnExamples } from '../../src/services/review.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { drawSources } from '../support/drawn.ts'

const CHARACTERS = ['Akari', 'Botan', 'Chika', 'Daigo']
const EACH = 4
const home = mkdtempSync(join(tmpdir(), 'mekiki-remade-'))
let sourceOf: Awaited<ReturnType<typeof drawSources>>
let app: App

before(async () => {
  sourceOf = await drawSources(home, CHARACTERS, EACH + 1)
  app = await openApp(home)
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

/** A trained dataset of its own in which Akari, Botan and Chika were taught, each by a teacher of its own. */
async function makeWorld(name: string) {
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name, create: true })
  const teach = async (label: string, character: string, by = `teacher of ${label}`) => {
    const sources = Array.from({ length: EACH }, (_, k) => ({
      source: sourceOf(character, k),
      label: parseLabel(label),
    }))
    for await (const outcome of addPictures(app, { dataset, by }, sources))
      assert.ok(typeof outcome === 'object' && 'added' in outcome)
  }
  for (const label of ['Akari', 'Botan', 'Chika']) await teach(label, label)
  await runToEnd(trainVersion(app, dataset, { heads: ['linear'], budget: 0, by: 'test' }))
  return {
    dataset,
    teach,
    /** The answer for a picture that was not learned from, and all labels that it chose from. */
    ask: async (character: string) => {
      const predict = await createPredictor(app, dataset)
      const [answer] = await Array.fromAsync(predict([sourceOf(character, EACH)]))
      assert.ok(answer && 'prediction' in answer)
      const { label, top, version } = answer.prediction
      return { label, from: top.map((t) => t.label).sort(), version }
    },
    examplesOf: async (label: string) =>
      (await readTrainingExamples(app.db, dataset)).filter((e) => e.label === label).map((e) => e.example),
  }
}
type World = Awaited<ReturnType<typeof makeWorld>>

/** Ways to empty the label Chika. */
const EMPTY: Record<string, (world: World) => Promise<unknown>> = {
  deleted: ({ dataset }) => removeLabel(app, dataset, { label: parseLabel('Chika'), by: 'max', as: 'manager' }),
  excluded: async ({ dataset, examplesOf }) => {
    const about = { decision: 'exclude' as const, by: 'rita', as: 'reviewer' as const, agreement: 1 }
    await decideOnExamples(app, dataset, { examples: await examplesOf('Chika'), ...about })
  },
  withdrawn: ({ dataset }) =>
    setWithdrawn(app.db, dataset, { teacher: 'teacher of Chika', by: 'max', withdrawn: true }),
}

for (const [how, empty] of Object.entries(EMPTY))
  test(`${how} and made again with other pictures, a label is answered from the next training on`, async () => {
    const world = await makeWorld(how)
    assert.deepEqual((await world.ask('Chika')).from, ['Akari', 'Botan', 'Chika'])
    const retrainer = startAutoRetrain(app, () => {}, { quietMs: 2_000, lookMs: 60_000 })
    try {
      await empty(world)
      assert.deepEqual((await world.ask('Chika')).from, ['Akari', 'Botan'])
      await world.teach('Chika', 'Daigo', 'ann')
      const meanwhile = await world.ask('Chika')
      assert.deepEqual(meanwhile, { label: null, from: ['Akari', 'Botan'], version: 1 })
      // It begins by itself.
      let trained = await world.ask('Daigo')
      for (let i = 0; i < 600 && trained.version === 1; i++) {
        await sleep(50)
        trained = await world.ask('Daigo')
      }
      assert.deepEqual([trained.from, trained.version > 1], [['Akari', 'Botan', 'Chika'], true])
      assert.equal(trained.label, 'Chika')
    } finally {
      await retrainer.stop()
    }
  })

test('an example that was there stays, others come: the label is answered all the while', async () => {
  const world = await makeWorld('goes on')
  const [, ...others] = await world.examplesOf('Chika')
  const about = { decision: 'exclude' as const, by: 'rita', as: 'reviewer' as const, agreement: 1 }
  await decideOnExamples(app, world.dataset, { examples: others, ...about })
  await world.teach('Chika', 'Daigo', 'ann')
  assert.deepEqual((await world.ask('Chika')).from, ['Akari', 'Botan', 'Chika'])
})
