import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { copyRows, measureRows } from '../copy-database/copy-rows.ts'
import { isEmpty } from '../copy-database/empty.ts'
import type { Kysely } from '../kysely.ts'
import { type LockedHome, lockHome } from '../lock-home.ts'
import { workAlone } from '../postgres/alone.ts'
import { makeHome, putInPlace } from '../put-in-place.ts'
import type { Schema } from '../schema.ts'
import { markNow, readMark, readMarkOf, refuseMoved, writeMark, writeMarkOf } from './mark.ts'
import type { Moved, MoveOptions } from './moved.ts'
import { exactly, makeFile } from './open-file.ts'
import { placeOfHome, placeOfUrl } from './place.ts'
import { type Report, reportAll, withProgress } from './with-progress.ts'

/**
 * The way back: moves a PostgreSQL into a home folder, whose database, if it has one, is empty or moved away. Cut off at any
 * moment, it starts anew, or ends, with the next call. Throws UserError migrate.*, home.*, database.*, data.*
 */
export const moveToSqlite = (options: MoveOptions): AsyncGenerator<Progress, Moved> =>
  withProgress(async (report) => {
    const { home, url, keys } = options
    makeHome(home)
    const locked = lockHome(home)
    try {
      return await workAlone({ url, keys }, (one) => move(one, { ...options, locked, report }))
    } finally {
      locked.release()
    }
  })

type Move = MoveOptions & { locked: LockedHome; report: Report }

async function move(one: Kysely<Schema>, { home, url, locked, report }: Move): Promise<Moved> {
  const file = join(home, 'mekiki.sqlite')
  const [from, to] = [placeOfUrl(url), placeOfHome(home)]
  const [here, there] = [locked.database && readMark(locked.database), await readMarkOf(one)]
  if (here?.state === 'arriving' && there?.state === 'moved' && here.move === there.move) {
    // Everything is here, and only that has not been said yet: the process was cut off between.
    const rows = await measureRows(one)
    locked.release()
    end(file)
    return { ...rows, from, to, kept: null, missing: [] }
  }
  refuseMoved(there)
  await requireFree(locked, { file, from })
  const prepared = join(home, `mekiki.restoring-${process.pid}.sqlite`)
  rmSync(prepared, { force: true })
  const id = randomUUID()
  const snapshot = one.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  try {
    const copied = await makeFile(prepared, async (db, database) => {
      const rows = await snapshot.execute((t) => reportAll(copyRows(t, db), report))
      // Until the PostgreSQL says that it has moved, this is not the one to be used.
      writeMark(database, markNow('arriving', { move: id, place: from }))
      return rows
    })
    const kept = putInPlace(home, prepared, { before: 'migrate', locked })
    await writeMarkOf(one, markNow('moved', { move: id, place: to }))
    end(file)
    return { ...copied, from, to, kept, missing: [] }
  } finally {
    rmSync(prepared, { force: true })
  }
}

function end(file: string): void {
  const database = new SQLite(file)
  writeMark(database, undefined)
  database.close()
}

/** Nothing is in it, what is in it moved away, or a move from there was cut off. Throws UserError migrate.not-empty */
async function requireFree({ database }: LockedHome, { file, from }: { file: string; from: string }): Promise<void> {
  if (!existsSync(file)) return
  const mark = database && readMark(database)
  if (mark?.state === 'moved' || (mark?.state === 'arriving' && mark.place === from)) return
  if (!mark && database && (await isEmpty(exactly(database)))) return
  throw new UserError('migrate.not-empty', `Expected no data at ${file}, found some`, { place: file })
}
