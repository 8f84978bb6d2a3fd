// Which examples a gallery lists, after a real training: what it suspects, and the pictures of each cell of its confusion.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { readRevision } from '../../src/db/revisions.ts'
import { readScores } from '../../src/db/surveys.ts'
import { listSuspects } from '../../src/db/suspects.ts'
import { listVersions } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { describeExamples } from '../../src/services/example-details.ts'
import { type GalleryRequest, readGallery } from '../../src/services/gallery.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { fillDataset } from '../support/made-up.ts'

const LABELS = 4
const home = mkdtempSync(join(tmpdir(), 'mekiki-gallery-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 120, LABELS)
  // Some are wrong: they have the label that comes after theirs.
  await fillDataset(app, 8, LABELS, { from: 500, shift: 1, by: 'eve' })
  await runToEnd(trainVersion(app, dataset, { heads: ['means'], budget: 0, by: 'test' }))
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const ANY = { states: ['kept'], seesAll: true, sort: 'oldest' } as const
const idsOf = async (request: Partial<GalleryRequest> = {}): Promise<number[]> => [
  ...(await readGallery(app, dataset, { ...ANY, ...request })).ids,
]

test('each cell of the confusion opens its pictures', async () => {
  const [version] = await listVersions(app.db, dataset)
  assert.ok(version)
  const { confusion, labels } = version.summary
  assert.ok(confusion.some((row, truth) => row.some((count, answer) => count > 0 && truth !== answer)))
  for (const [truth, row] of confusion.entries())
    for (const [answer, count] of row.entries()) {
      const cell = await idsOf({ labels: [labels[truth]!], recognized: labels[answer]! })
      assert.equal(cell.length, count, `${labels[truth]} as ${labels[answer]}`)
    }
  const [example = 0] = await idsOf({ labels: [labels[0]!], recognized: labels[0]! })
  const [details] = await describeExamples(app, dataset, { examples: [example] })
  assert.equal(details?.recognized, labels[0])
})

test('suspects, scores, and the order of scores are those of the training', async () => {
  const suspects = await listSuspects(app.db, dataset)
  assert.ok(suspects.length > 0)
  const ascending = (ids: number[]): number[] => ids.toSorted((a, b) => a - b)
  assert.deepEqual(await idsOf({ suspects: true }), ascending(suspects.map((suspect) => suspect.example)))
  const [worst] = suspects
  const alike = suspects.filter((suspect) => suspect.suggested === worst?.suggested)
  assert.deepEqual(
    await idsOf({ suggested: worst?.suggested ?? '' }),
    ascending(alike.map((suspect) => suspect.example)),
  )
  const scores = await readScores(app.db, dataset)
  const byScore = await idsOf({ sort: 'score' })
  const inOrder = byScore.map((id) => scores.get(id) ?? -1)
  assert.equal(byScore.length, 128)
  assert.deepEqual(
    inOrder,
    inOrder.toSorted((a, b) => b - a),
  )
  const high = [...scores].filter(([, score]) => score >= 0.5).map(([id]) => id)
  assert.deepEqual(await idsOf({ minScore: 0.5 }), ascending(high))
  const [details] = await describeExamples(app, dataset, { examples: [worst?.example ?? 0] })
  assert.deepEqual(
    [details?.isSuspect, details?.suggested, details?.reasons, details?.score],
    [true, worst?.suggested, worst?.reasons, worst?.score],
  )
})

test('examples are filtered by who added them, when, and by what their files are called', async () => {
  assert.equal((await idsOf({ by: 'eve' })).length, 8)
  assert.equal((await idsOf({ text: '50' })).length, 9)
  assert.deepEqual(await idsOf({ text: '5%' }), [])
  assert.deepEqual(await idsOf({ since: '9999' }), [])
  assert.equal((await idsOf({ until: '9999', minWidth: 512, minHeight: 512, maxContrast: 50 })).length, 128)
  assert.deepEqual(await idsOf({ maxContrast: 49 }), [])
  const byFile = await idsOf({ sort: 'file', labels: ['LABEL-0'] })
  const files = (await describeExamples(app, dataset, { examples: byFile, seesAll: true })).map((e) => e.file)
  assert.deepEqual(files, files.toSorted())
  const byLabel = await describeExamples(app, dataset, { examples: (await idsOf({ sort: 'label' })).slice(0, 200) })
  const names = byLabel.map((example) => example.label)
  assert.deepEqual(names, names.toSorted())
  assert.equal((await idsOf({ sort: 'size' })).length, 128)
})

test('states and labels are those of now, and a merged label is recognized as what it became', async () => {
  const before = await readGallery(app, dataset, ANY)
  const [first = 0] = await idsOf({ by: 'bench' })
  await decide(app.db, dataset, { examples: [first], by: 'r', as: 'reviewer', decision: 'exclude', agreement: 1 })
  assert.deepEqual(await idsOf({ states: ['excluded'] }), [first])
  await setWithdrawn(app.db, dataset, { teacher: 'eve', by: 'max', withdrawn: true })
  assert.equal((await idsOf({ states: ['withdrawn'] })).length, 8)
  assert.equal((await idsOf()).length, before.ids.length - 9)
  const cell = await idsOf({ states: ['kept', 'excluded', 'withdrawn'], recognized: 'label-3' })
  await mergeLabels(app.db, dataset, {
    from: parseLabel('label-3'),
    into: parseLabel('label-2'),
    by: 'max',
    as: 'manager',
  })
  const merged = await idsOf({ states: ['kept', 'excluded', 'withdrawn'], recognized: 'label-2' })
  assert.deepEqual(
    cell.filter((id) => !merged.includes(id)),
    [],
  )
  assert.deepEqual(await idsOf({ recognized: 'label-3' }), [])
  assert.deepEqual(await idsOf({ labels: ['label-3'] }), [])
  assert.ok((await idsOf({ labels: ['label-3', 'label-2'] })).length > 0)
  const { revision } = await readGallery(app, dataset, ANY)
  assert.ok(revision > before.revision)
  assert.equal(revision, await readRevision(app.db, dataset))
})
