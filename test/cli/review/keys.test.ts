// Reviewing, deleting and taking back with single keys, as a person does at a terminal.
import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { type Database, openDatabase } from '../../../src/db/connection.ts'
import { countLabels } from '../../../src/db/labels.ts'
import { addVersion } from '../../../src/db/versions.ts'
import { addNew, BACKBONE, openMain } from '../../support/database.ts'
import { makeHome } from '../../support/mekiki.ts'
import { atTerminal, skipWithoutTerminal as skip } from '../../support/terminal.ts'
import { madeUpSummary, surveyOf, suspectOf } from '../../support/versions.ts'

const { root } = makeHome()
const home = join(root, 'home')
const KEYS = /\[q\] quit/

async function inDatabase<T>(work: (db: Database, dataset: number) => Promise<T>): Promise<T> {
  const db = await openDatabase(home)
  try {
    return await work(db, await openMain(db))
  } finally {
    await db.destroy()
  }
}

const counts = () =>
  inDatabase(async (db, dataset) => (await countLabels(db, dataset)).map((l) => `${l.label} ${l.examples}`))

/** Six suspects of cat, of which five look like a dog. */
before(async () => {
  await inDatabase(async (db, dataset) => {
    await addNew(db, dataset, { label: 'dog', pixels: 'a dog' })
    await addNew(db, dataset, { label: 'cat', pixels: 'a cat' })
    const ids: number[] = []
    for (let i = 0; i < 6; i++) ids.push(await addNew(db, dataset, { label: 'cat', pixels: `suspect ${i}` }))
    const suspicions = ids.map((id, i) => {
      const suspect = suspectOf(id, 0.9 - i / 100)
      return i < 5 ? suspect : { ...suspect, suggested: null, reasons: [{ kind: 'unlike' as const }] }
    })
    const survey = surveyOf(suspicions)
    const version = { backbone: BACKBONE, summary: madeUpSummary, classifier: {}, survey, activate: true, by: 'ann' }
    await addVersion(db, dataset, version)
  })
})

test('five that look like a dog are moved with one key, and back with another', { skip }, async () => {
  const { out, status } = await atTerminal(
    {
      cwd: root,
      home,
      answers: [
        [KEYS, 'm'],
        [KEYS, 'u'],
        [KEYS, 'q'],
      ],
    },
    'review',
  )
  assert.equal(status, 0)
  assert.match(out, /5 pictures look like dog/)
  assert.match(out, /\[m\] move all to dog .*\[o\] one by one .*\[k\] keep all/s)
  assert.match(out, /Moved 5 pictures\./)
  assert.match(out, /Undone 5 pictures\./)
  assert.deepEqual(await counts(), ['cat 7', 'dog 1'])
})

test('a new label is made only when that is wanted', { skip }, async () => {
  const answers: [RegExp, string][] = [
    [KEYS, 'o'],
    [KEYS, 'o'],
    [/Label: /, 'dgo\n'],
    [KEYS, 'n'],
    [KEYS, 'o'],
    [/Label: /, 'wolf\n'],
    [KEYS, 'y'],
    [KEYS, 'q'],
  ]
  const { out, unanswered } = await atTerminal({ cwd: root, home, answers }, 'review')
  assert.match(out, /There is no label dgo/)
  assert.equal(unanswered, 0, out)
  assert.deepEqual(await counts(), ['cat 6', 'dog 1', 'wolf 1'])
})

test('deleting a label asks; without a yes nothing is deleted; restore brings it back', { skip }, async () => {
  const no = await atTerminal({ cwd: root, home, answers: [[KEYS, 'q']] }, 'labels', 'delete', 'cat')
  assert.match(no.out, /Delete cat and its 6 pictures\?/)
  assert.deepEqual(await counts(), ['cat 6', 'dog 1', 'wolf 1'])
  const yes = await atTerminal({ cwd: root, home, answers: [[KEYS, 'y']] }, 'labels', 'delete', 'cat')
  assert.match(yes.out, /Deleted cat and its 6 pictures\..*labels restore cat/s)
  assert.deepEqual(await counts(), ['dog 1', 'wolf 1'])
  const back = await atTerminal({ cwd: root, home, answers: [] }, 'labels', 'restore', 'cat')
  assert.match(back.out, /cat is back, with 6 pictures/)
  assert.deepEqual(await counts(), ['cat 6', 'dog 1', 'wolf 1'])
})

test('what somebody did is shown, and taken back with a key', { skip }, async () => {
  await inDatabase((db, dataset) => addNew(db, dataset, { label: 'spam', pixels: 'spam', by: 'eve' }))
  const { out } = await atTerminal({ cwd: root, home, answers: [[KEYS, 'y']] }, 'clean-up', 'eve', '--since', '1h')
  assert.match(out, /Take back what eve has done.*1 added picture/s)
  assert.match(out, /Took back what eve has done/)
  assert.deepEqual(await counts(), ['cat 6', 'dog 1', 'wolf 1'])
  // What the person at the terminal did stays.
  assert.notEqual(userInfo().username, 'eve')
})
