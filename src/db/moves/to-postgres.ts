import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { storeUnstoredBackbones, useBackboneHome } from '../backbones.ts'
import { openDatabase } from '../connection.ts'
import { copyRows, measureRows } from '../copy-database/copy-rows.ts'
import { isEmpty } from '../copy-database/empty.ts'
import type { Kysely } from '../kysely.ts'
import { lockHome } from '../lock-home.ts'
import { workAlone } from '../postgres/alone.ts'
import type { Schema } from '../schema.ts'
import { type Mark, markNow, readMark, readMarkOf, refuseMoved, writeMark, writeMarkOf } from './mark.ts'
import type { Moved, MoveOptions } from './moved.ts'
import { exactly } from './open-file.ts'
import { placeOfHome, placeOfUrl } from './place.ts'
import { type Report, reportAll, withProgress } from './with-progress.ts'

/**
 * Moves the database of a home folder into an empty PostgreSQL, which has all of it or nothing, and whoever opens the home's
 * from then on is refused. Cut off at any moment, it starts anew, or ends, with the next call.
 * Throws UserError migrate.*, home.*, database.*, data.*
 */
export const moveToPostgres = (options: MoveOptions): AsyncGenerator<Progress, Moved> =>
  withProgress(async (report) => {
    const file = join(options.home, 'mekiki.sqlite')
    if (!existsSync(file))
      throw new UserError('migrate.nothing', `Expected a database at ${file}, found none`, { file })
    const mark = peek(file)
    return mark ? endMove(options, mark) : move(options, report)
  })

/** Undefined: it has not moved, as far as can be read. */
function peek(file: string): Mark | undefined {
  let database: SQLite.Database | undefined
  try {
    database = new SQLite(file, { readonly: true })
    return readMark(database)
  } catch {
    // Whoever opens it next says why.
    return undefined
  } finally {
    database?.close()
  }
}

/** Everything is there, and only that has not been said yet: the process was cut off between. */
async function endMove({ home, url }: MoveOptions, mark: Mark): Promise<Moved> {
  const [from, to] = [placeOfHome(home), placeOfUrl(url)]
  if (mark.state !== 'moved' || mark.place !== to) refuseMoved(mark)
  return workAlone({ url }, async (one) => {
    const arriving = await readMarkOf(one)
    if (arriving?.move !== mark.move) refuseMoved(mark)
    await writeMarkOf(one, undefined)
    return { ...(await measureRows(one)), from, to, kept: null, missing: [] }
  })
}

async function move({ home, url, keys, onCopied }: MoveOptions, report: Report): Promise<Moved> {
  const db = await openDatabase(home, { keys, onCopied })
  useBackboneHome(db, home)
  const { missing } = await storeUnstoredBackbones(db).finally(() => db.destroy())
  const locked = lockHome(home)
  try {
    const { database } = locked
    if (!database) throw new UserError('database.damaged', `Expected to read the database in ${home}: restore a backup`)
    const [from, to, id] = [placeOfHome(home), placeOfUrl(url), randomUUID()]
    const copied = await workAlone({ url }, async (one) => {
      await requireFree(one, { from, to })
      // Until the home says that it has moved, this is not the one to be used: nor where the copy fails, and nothing is here.
      const arriving = markNow('arriving', { move: id, place: from })
      await one.transaction().execute((t) => writeMarkOf(t, arriving))
      const all = await one.transaction().execute(async (t) => {
        const rows = await reportAll(copyRows(exactly(database), t), report)
        await writeMarkOf(t, arriving)
        return rows
      })
      writeMark(database, markNow('moved', { move: id, place: to }))
      database.exec('commit')
      await writeMarkOf(one, undefined)
      return all
    })
    return { ...copied, from, to, kept: null, missing }
  } finally {
    locked.release()
  }
}

/** Nothing is in it, what is in it moved away, or a move from here ended before all was said. Throws UserError migrate.not-empty */
async function requireFree(one: Kysely<Schema>, { from, to }: { from: string; to: string }): Promise<void> {
  const mark = await readMarkOf(one)
  if (mark?.state === 'moved' || (mark?.state === 'arriving' && mark.place === from)) return
  if (await isEmpty(one)) return
  throw new UserError('migrate.not-empty', `Expected an empty database at ${to}, found one with data`, { place: to })
}
