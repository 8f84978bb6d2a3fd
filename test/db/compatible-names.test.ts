// Labels that only compatible forms told apart before these counted as one: all stay, and each is found as it is spelt.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import SQLite from 'better-sqlite3'
import { openDatabase } from '../../src/db/connection.ts'
import { openDataset } from '../../src/db/datasets.ts'
import { hasExample } from '../../src/db/examples.ts'
import { findLabel, listAlike } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { parseLabel, spellingOf } from '../../src/label.ts'
import { add, addNew, hashOf } from '../support/database.ts'
import { makeOldDatabase } from '../support/old-schemas.ts'

const NAMES = ['CAT', 'ＣＡＴ', 'ｲﾇ', 'Ｆｉｓｈ', 'キロ', '㌔']

/** As a program of before wrote it. */
async function makeOld(home: string): Promise<void> {
  await makeOldDatabase(home, 10)
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  const dataset = database
    .prepare(`insert into datasets (server, name, version, backbone) values ('7', 'main', null, 'x')`)
    .run().lastInsertRowid
  for (const [i, name] of NAMES.entries()) {
    const label = database
      .prepare('insert into labels (dataset, name, key) values (?, ?, ?)')
      .run(dataset, name, spellingOf(name)).lastInsertRowid
    const picture = database
      .prepare(
        `insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy) values (?, ?, ?, '0', x'00')`,
      )
      .run(dataset, hashOf(`pixels ${i}`), hashOf(`file ${i}`)).lastInsertRowid
    database
      .prepare(
        `insert into examples (picture, label, file, filed_at, filed_by) values (?, ?, 'x.png', '2026-01-01', 'ann')`,
      )
      .run(picture, label)
  }
  database.close()
}

test('keys are made anew, and what is one by them is listed, found and merged by people', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-names-'))
  await makeOld(home)
  const db = await openDatabase(home)
  try {
    const dataset = await openDataset(db, { server: '7', name: 'main', create: false })
    const find = async (name: string) => (await findLabel(db, dataset, parseLabel(name)))?.name
    for (const name of NAMES) assert.equal(await find(name), name)
    assert.equal(await find('cat'), 'CAT')
    assert.equal(await find('イヌ'), 'ｲﾇ')
    assert.equal(await find('FISH'), 'Ｆｉｓｈ')
    assert.deepEqual(
      (await listAlike(db, dataset)).map((alike) => alike.labels),
      [
        ['CAT', 'ＣＡＴ'],
        ['キロ', '㌔'],
      ],
    )
    const has = (name: string, file: number) =>
      hasExample(db, dataset, { label: parseLabel(name), fileHash: hashOf(`file ${file}`), by: 'ann' })
    assert.deepEqual([await has('cat', 0), await has('cat', 1), await has('ＣＡＴ', 1)], [true, false, true])
    await mergeLabels(db, dataset, { from: parseLabel('ＣＡＴ'), into: parseLabel('cat'), by: 'ann', as: 'manager' })
    assert.deepEqual(
      (await listAlike(db, dataset)).map((alike) => alike.labels),
      [['キロ', '㌔']],
    )
    assert.equal(await find('ＣＡＴ'), 'CAT')
    // New ones are one from the start.
    await addNew(db, dataset, { label: 'ﾈｺ', pixels: 'new 1' })
    assert.equal(await add(db, dataset, { label: 'ネコ', pixels: 'new 1' }), undefined)
  } finally {
    await db.destroy()
    rmSync(home, { recursive: true })
  }
})
