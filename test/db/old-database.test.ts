// A database that version 0.1 wrote opens, and every repository reads what is in it.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { readAudit } from '../../src/db/audit.ts'
import { readBackbone } from '../../src/db/backbones.ts'
import { claim } from '../../src/db/claims.ts'
import { openDatabase } from '../../src/db/connection.ts'
import { datasetBackbones, openDataset } from '../../src/db/datasets.ts'
import { readExamples } from '../../src/db/example-lists.ts'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { featurePages, readViews } from '../../src/db/features.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { checkDatabase } from '../../src/db/integrity.ts'
import { countLabels } from '../../src/db/labels.ts'
import { claimMessage, listUnfinishedMessages } from '../../src/db/messages.ts'
import { decide } from '../../src/db/reviews.ts'
import { listPresentServers } from '../../src/db/servers.ts'
import { readIssueSummary, readScores } from '../../src/db/surveys.ts'
import { listSuspects } from '../../src/db/suspects.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { openTtlStore } from '../../src/db/ttl-store.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { listVersions, readActiveNumber, readVersion } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { readSettings } from '../../src/services/settings.ts'

const SERVER = '100'
const BACKBONE = 'mobilenet-v2-mid-b13@1'

/** The old database, opened by this program. */
async function openOld() {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-old-'))
  const old = new SQLite(join(home, 'mekiki.sqlite'))
  old.exec(readFileSync(new URL('./old-database.sql', import.meta.url), 'utf8'))
  old.close()
  const db = await openDatabase(home)
  after(async () => {
    await db.destroy()
    rmSync(home, { recursive: true, force: true })
  })
  return { db, dataset: await openDataset(db, { server: SERVER, name: 'main', create: false }) }
}

test('it opens whole, with its dataset, backbones and labels', async () => {
  const { db, dataset } = await openOld()
  assert.match(await checkDatabase(db), /^whole/)
  assert.equal(dataset, 1)
  assert.deepEqual(
    (await datasetBackbones(db, dataset)).map((b) => b.id),
    [BACKBONE],
  )
  const { output, input, prior } = await readBackbone(db, 'small@1a2b3c4d')
  assert.deepEqual([output, input.width, prior], ['patches', 64, undefined])
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'Botan', examples: 2 }])
})

test('its examples, copies and features are read, also those from before sizes were kept', async () => {
  const { db, dataset } = await openOld()
  const examples = await readTrainingExamples(db, dataset)
  assert.deepEqual(
    examples.map((e) => [e.example, e.by, e.hash, e.vouched, e.side, e.contrast]),
    [
      [1, '77', 0x77725f455d454dn, true, 96, 79.9179904867865],
      [2, '77', 0x4df55f760d74411n, false, null, null],
    ],
  )
  const exported = await Array.fromAsync(readExamples(db, dataset))
  assert.deepEqual(
    exported.map((e) => [e.file, String(e.copy)]),
    [
      ['botan-1.jpg', 'copy 1'],
      ['botan-2.jpg', 'copy 2'],
    ],
  )
  const pictures = await Array.fromAsync(readPicturesOf(db, { server: SERVER, by: '78' }))
  assert.deepEqual(
    pictures.map((p) => [p.label, p.state]),
    [
      ['猫', 'excluded'],
      ['猫', 'withdrawn'],
    ],
  )
  const features = (await Array.fromAsync(featurePages(db, [BACKBONE], examples))).flat()
  assert.deepEqual(
    features.map((f) => f.of.example),
    [1],
  )
  const views = await readViews(db, dataset, { backbone: BACKBONE, limit: 9 })
  assert.deepEqual([...(views.get(1) ?? [])], [1, 2, 1, 2])
})

test('its versions are read; one from before careful answers answers fast', async () => {
  const { db, dataset } = await openOld()
  const versions = await listVersions(db, dataset)
  assert.deepEqual(
    versions.map((v) => [v.number, v.current, v.summary.effort, v.summary.accuracy, v.summary.head]),
    [
      [1, false, 'fast', null, 'means'],
      [2, true, 'careful', 0.75, 'linear'],
    ],
  )
  const active = await readVersion(db, dataset, (await readActiveNumber(db, dataset)) ?? 0)
  assert.equal(active?.classifier, '{"format":4,"labels":["Botan","猫"]}')
})

test('its suspects and their reasons are read', async () => {
  const { db, dataset } = await openOld()
  const [suspect, ...others] = await listSuspects(db, dataset)
  assert.equal(others.length, 0)
  assert.deepEqual([suspect?.example, suspect?.suggested, suspect?.leftOut], [2, '猫', true])
  assert.deepEqual(
    suspect?.reasons.map((r) => r.kind),
    ['looks-like', 'also-under', 'unlike', 'small'],
  )
  assert.deepEqual(
    [...(await readScores(db, dataset))],
    [
      [1, 0],
      [2, 0.75],
    ],
  )
  assert.equal((await readIssueSummary(db, dataset))?.teachers[0]?.suspected, 0.5)
})

test('its reviews go on: a decision that waits is agreed on, others are undone, a claim holds', async () => {
  const { db, dataset } = await openOld()
  assert.equal(await claim(db, 2, { by: '91', until: 253402300799999 }), false)
  assert.equal((await undoLast(db, dataset, { by: '90' }))?.example, 3)
  assert.equal((await undoLast(db, dataset, { by: '90' }))?.example, 1)
  const move = {
    examples: [2],
    as: 'reviewer',
    decision: 'move',
    label: parseLabel('猫'),
    by: '92',
    agreement: 2,
  } as const
  assert.equal((await decide(db, dataset, move)).done, 1)
  assert.deepEqual(
    (await readTrainingExamples(db, dataset)).map((e) => [e.example, e.label, e.vouched]),
    [
      [1, 'Botan', false],
      [2, '猫', true],
      [3, '猫', false],
    ],
  )
})

test('its settings are read: the role that was called admin is the managers’', async () => {
  const { db } = await openOld()
  const settings = await readSettings(db, SERVER)
  assert.deepEqual(settings.roles, { teacher: '51', manager: '52' })
  const { watched, datasets, answer, retraining, every, agreement, language, learnFromPosts } = settings
  assert.deepEqual([watched, datasets, answer, retraining, every], [['6'], { 7: 'main' }, 'sure', 'after', 5])
  assert.deepEqual([agreement, language, learnFromPosts], [2, 'ja', true])
  assert.deepEqual(await listPresentServers(db), [SERVER])
})

test('its audit log and feedback are read', async () => {
  const { db, dataset } = await openOld()
  const changes = await readAudit(db, { server: SERVER, by: undefined, before: undefined, limit: 99 })
  const actions = changes.map((c) => c.action).reverse()
  assert.equal(
    actions.join(', '),
    'filed, unfiled, excluded, restored, reviewed, review undone, forgotten, label renamed, labels merged, ' +
      'label deleted, trained, promoted, backbone changed, settings changed, feedback',
  )
  assert.deepEqual(changes.at(-1)?.detail, { label: 'Botan', example: 1, file: 'botan-1.jpg' })
  assert.deepEqual(await countFeedback(db, dataset), { judged: 1, right: 0 })
})

test('what its buttons stand for, and messages that it had not answered, are read', async () => {
  const { db } = await openOld()
  const store = openTtlStore(db)
  assert.deepEqual(await store.get('deed:0123456789abcdef'), {
    verb: 'label-post',
    options: { message: '5', channel: '6' },
    fill: 'label',
  })
  assert.deepEqual([await store.get('due:1'), await store.get('skipped:2:90')], [3, true])
  const [message, ...others] = await listUnfinishedMessages(db)
  assert.equal(others.length, 0)
  assert.deepEqual(JSON.parse(message?.work ?? '{}').call, 'watched')
  assert.equal(await claimMessage(db, { id: '4', server: SERVER, channel: '6', work: '{}' }), false)
})
