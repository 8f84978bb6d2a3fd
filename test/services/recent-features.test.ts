// Features of what was asked about last, for Why?: on PostgreSQL for every process, sealed, in no log, and for an hour.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openApp } from '../../src/app.ts'
import { sweepRecentFeatures } from '../../src/db/recent-features.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'

const HOUR_MS = 3600_000

test(
  'another process explains an answer within the hour; nobody can read its features in the table',
  { skip: skipWithoutPostgres },
  async () => {
    const databaseUrl = await postgresUrl()
    const home = mkdtempSync(join(tmpdir(), 'mekiki-recent-'))
    const keys = [randomBytes(32)]
    const [answering, asked] = [await openApp(home, { databaseUrl, keys }), await openApp(home, { databaseUrl, keys })]
    try {
      const features = Float32Array.from({ length: 816 }, (_, i) => i / 7)
      await answering.recentFeatures.set('a', features)
      assert.deepEqual(await asked.recentFeatures.get('a'), features)
      assert.equal(await asked.recentFeatures.get('b'), undefined)
      const { db } = asked
      const [row] = await db.selectFrom('recent_features').selectAll().execute()
      assert.equal(row?.bytes.includes(Buffer.from(features.buffer).subarray(0, 32)), false)
      const persistence = await sql<{ kind: string }>`select relpersistence as kind from pg_class
      where relname = 'recent_features'`.execute(db)
      assert.deepEqual(persistence.rows, [{ kind: 'u' }])

      await sweepRecentFeatures(db)
      assert.deepEqual(await asked.recentFeatures.get('a'), features)
      await db
        .updateTable('recent_features')
        .set({ at: sql<number>`at - ${HOUR_MS}` })
        .execute()
      assert.equal(await asked.recentFeatures.get('a'), undefined)
      await sweepRecentFeatures(db)
      assert.deepEqual(await db.selectFrom('recent_features').select('id').execute(), [])
    } finally {
      await answering.close()
      await asked.close()
      rmSync(home, { recursive: true })
    }
  },
)
