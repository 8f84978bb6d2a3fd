import { rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Progress } from '../progress.ts'
import { checkBackup, openBackup, prepareBackup, type Replaced, type RestoreOutcome } from './backup-restore.ts'
import { copyDatabase, copyPath } from './copies.ts'
import { copyRows } from './copy-database/copy-rows.ts'
import { isEmpty } from './copy-database/empty.ts'
import type { Kysely } from './kysely.ts'
import { readMarkOf, refuseMoved } from './moves/mark.ts'
import { exactly, makeFile } from './moves/open-file.ts'
import { type Report, reportAll, withProgress } from './moves/with-progress.ts'
import { workAlone } from './postgres/alone.ts'
import { makeHome } from './put-in-place.ts'
import type { Schema } from './schema.ts'

/** `home`: where what is replaced is kept. `keys`: of DATA_KEY. */
type Options = { home: string; url: string; backup: string; keys: Buffer[] }

/**
 * Replaces all of a PostgreSQL by a backup, of whatever engine, while every other process is kept out; as `restoreDatabase`
 * does it in a home folder. Throws UserError backup.*, data.*, database.*, home.*, migrate.refused, disk.full
 */
export const restorePostgres = (options: Options): AsyncGenerator<Progress, RestoreOutcome> =>
  withProgress(async (report) => {
    const { home, url, backup, keys } = options
    const source = openBackup(backup)
    const prepared = join(home, `mekiki.restoring-${process.pid}.sqlite`)
    try {
      checkBackup(source, keys)
      makeHome(home)
      return await workAlone({ url }, async (one) => {
        refuseMoved(await readMarkOf(one))
        rmSync(prepared, { force: true })
        copyDatabase(source, prepared)
        const kept = (await isEmpty(one)) ? null : await keep(one, copyPath(home, 'restore'))
        const forgotten = await prepareBackup(prepared, await readReplaced(one))
        await replace(one, prepared, report)
        return { kept, forgotten }
      })
    } finally {
      source.close()
      rmSync(prepared, { force: true })
    }
  })

/** Everything that is replaced, as a file that could be restored. @returns where it is */
async function keep(one: Kysely<Schema>, file: string): Promise<string> {
  const snapshot = one.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  await makeFile(file, (db) => snapshot.execute((t) => reportAll(copyRows(t, db), () => {})))
  return file
}

async function readReplaced(one: Kysely<Schema>): Promise<Replaced> {
  const forgettings = await one
    .selectFrom('forgettings')
    .select(['at', 'server', 'salt', 'person', 'pixel_hash'])
    .orderBy('at')
    .orderBy('id')
    .execute()
  const blocks = await one.selectFrom('blocks').selectAll().execute()
  const pictures = await one
    .selectFrom('blocked_pictures')
    .select(['pixel_hash', 'perceptual_hash', 'at', 'by'])
    .orderBy('id')
    .execute()
  const used = await one.selectFrom('pictures').select('object').where('object', 'is not', null).execute()
  const unused = await one.selectFrom('unreferenced_objects').selectAll().execute()
  const objects = [
    ...used.flatMap(({ object }) => (object === null ? [] : [{ key: object, at: null }])),
    ...unused.map(({ key, at }) => ({ key, at: Number(at) })),
  ]
  return { forgettings, blocked: { blocks, pictures }, objects }
}

async function replace(one: Kysely<Schema>, prepared: string, report: Report): Promise<void> {
  const database = new SQLite(prepared)
  try {
    await one.transaction().execute((t) => reportAll(copyRows(exactly(database), t), report))
  } finally {
    database.close()
  }
}
