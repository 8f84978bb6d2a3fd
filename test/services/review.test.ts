// Reviewers at work side by side on what looks mislabelled.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { haveExamplesChanged, readDatasetMark } from '../../src/db/example-changes.ts'
import { listSuspects } from '../../src/db/suspects.ts'
import { decideOnExamples, nextSuspect, skipSuspect, suspectGallery, undoDecision } from '../../src/services/review.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { fillDataset } from '../support/made-up.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-review-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 120, 4)
  // The pictures of each label under the next one.
  await fillDataset(app, 12, 4, { by: 'mallory', seed: 1, shift: 1, from: 1000 })
  await runToEnd(trainVersion(app, dataset, { heads: ['linear'], budget: 0, by: 'test' }))
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const next = async (by: string) => {
  const found = await nextSuspect(app, dataset, { by })
  assert.ok(found)
  return found
}

test('each reviewer gets a suspect of their own, the worst first', async () => {
  const suspects = await listSuspects(app.db, dataset)
  assert.ok(suspects.length >= 4, `${suspects.length}`)
  const [ann, ben] = [await next('ann'), await next('ben')]
  assert.deepEqual([ann.suspect.example, ben.suspect.example], [suspects[0]?.example, suspects[1]?.example])
  assert.equal(ann.left, suspects.length)
  // Who asks again gives back what they had.
  assert.equal((await next('ann')).suspect.example, ann.suspect.example)
})

test('a skipped suspect is left to others', async () => {
  const { suspect } = await next('ann')
  await skipSuspect(app, suspect.example, 'ann')
  assert.notEqual((await next('ann')).suspect.example, suspect.example)
  assert.equal((await next('cleo')).suspect.example, suspect.example)
})

test('a decision is carried out when enough reviewers agree, and undone by one', async () => {
  const changes: number[] = []
  app.events.on('examplesChanged', (_, examples) => changes.push(examples))
  const { suspect } = await next('cleo')
  const decide = (by: string) =>
    decideOnExamples(app, dataset, {
      examples: [suspect.example],
      decision: 'exclude',
      by,
      as: 'reviewer',
      agreement: 2,
    })
  assert.deepEqual(await decide('cleo'), { done: 0, waiting: 1, refused: 0 })
  // Who has decided is not asked again.
  assert.notEqual((await nextSuspect(app, dataset, { by: 'cleo' }))?.suspect.example, suspect.example)
  assert.deepEqual(await decide('dora'), { done: 1, waiting: 0, refused: 0 })
  const isSuspect = async () => (await listSuspects(app.db, dataset)).some((s) => s.example === suspect.example)
  assert.equal(await isSuspect(), false)
  assert.deepEqual(await undoDecision(app, dataset, 'dora'), [suspect.example])
  assert.equal(await isSuspect(), true)
  assert.deepEqual(changes, [1, 1])
})

test('a decision that waited is undone without a training, one that was carried out with one', async () => {
  const { suspect } = await next('ella')
  const changes: number[] = []
  const listen = (_: number, examples: number) => void changes.push(examples)
  app.events.on('examplesChanged', listen)
  const decide = (by: string) =>
    decideOnExamples(app, dataset, { examples: [suspect.example], decision: 'keep', by, as: 'reviewer', agreement: 2 })
  const mark = await readDatasetMark(app.db, dataset)
  await decide('ella')
  assert.deepEqual(await undoDecision(app, dataset, 'ella'), [suspect.example])
  assert.deepEqual([changes, await haveExamplesChanged(app.db, dataset, mark)], [[], false])
  await decide('ella')
  await decide('fritz')
  const decided = await readDatasetMark(app.db, dataset)
  assert.deepEqual(await undoDecision(app, dataset, 'fritz'), [suspect.example])
  assert.deepEqual([changes, await haveExamplesChanged(app.db, dataset, decided)], [[1, 1], true])
  app.events.off('examplesChanged', listen)
})

test('who has decided nothing has nothing to undo', async () => {
  await assert.rejects(undoDecision(app, dataset, 'eve'), { code: 'review.nothing-to-undo' })
})

test('a suspect is shown beside typical examples of its label and of the suggested one', async () => {
  const { suspect } = await next('ann')
  const { gallery } = await suspectGallery(app, dataset, suspect)
  const [first, ...others] = gallery
  assert.deepEqual([first?.caption, first?.note], ['?', `#${suspect.example}`])
  const labels = new Set([suspect.label, suspect.suggested])
  assert.ok(others.length > 0 && others.every((tile) => labels.has(tile.caption)))
})
