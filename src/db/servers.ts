import type { SelectQueryBuilder } from 'kysely'
import { writeChange } from './audit.ts'
import { BATCH, chunks, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { LOCAL_SERVER } from './datasets.ts'
import { rememberForgotten } from './forgettings.ts'
import type { Schema } from './schema.ts'
import { inTransaction, lockServer } from './transactions.ts'

/** Remembers that the bot is in a server (again). @returns whether it was not in it before */
export const joinServer = async (db: Database, id: string): Promise<boolean> => (await joinServers(db, [id])).length > 0

/** Remembers that the bot is in some servers (again). @returns the ids of those that it was not in before */
export async function joinServers(db: Database, ids: readonly string[]): Promise<string[]> {
  const joined: string[] = []
  // In one order: no two processes wait for each other.
  for (const some of chunks(ids.toSorted())) {
    const rows = await db
      .insertInto('servers')
      .values(some.map(newServer))
      .onConflict((c) => c.column('id').doUpdateSet({ left_at: null }).where('servers.left_at', 'is not', null))
      .returning('id')
      .execute()
    joined.push(...rows.map((row) => row.id))
  }
  return joined
}

const newServer = (id: string) => ({ id, settings: '{}', joined_at: new Date().toISOString(), left_at: null })

/** Starts the grace period after which the data of servers that the bot is no longer in are deleted. */
export async function leaveServers(db: Database, ids: readonly string[]): Promise<void> {
  for (const some of chunks(ids))
    await db
      .updateTable('servers')
      .set({ left_at: new Date().toISOString() })
      .where('id', 'in', some)
      .where('left_at', 'is', null)
      .execute()
}

/** The ids of the servers that the bot is in. That of the terminal, which has settings too, is none of them. */
export async function listPresentServers(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('servers')
    .select('id')
    .where('left_at', 'is', null)
    .where('id', '<>', LOCAL_SERVER)
    .execute()
  return rows.map((row) => row.id)
}

/** Whether the bot is in a server, or left it a while ago. */
export async function isServerKnown(db: Database, id: string): Promise<boolean> {
  return (await db.selectFrom('servers').select('id').where('id', '=', id).limit(1).executeTakeFirst()) !== undefined
}

/** Deletes everything of the servers that the bot left before a moment. @returns their ids */
export async function purgeServers(db: Database, before: Date): Promise<string[]> {
  const left = db.selectFrom('servers').select('id').where('left_at', '<', before.toISOString())
  const purged: string[] = []
  for (const { id } of await left.execute()) {
    // The bot may be invited again meanwhile: then nothing more of it is deleted.
    const stillLeft = left.where('id', '=', id)
    await deleteMany(db, stillLeft)
    await inTransaction(db, async (t) => {
      await lockServer(t, id)
      const gone = await t.deleteFrom('servers').where('id', 'in', stillLeft).executeTakeFirst()
      if (gone.numDeletedRows === 0n) return
      await rememberForgotten(t, { server: id })
      await t.deleteFrom('datasets').where('server', '=', id).execute()
      await t.deleteFrom('audit').where('server', '=', id).execute()
      await t.deleteFrom('messages').where('server', '=', id).execute()
      await t.deleteFrom('ignored').where('server', '=', id).execute()
      purged.push(id)
    })
  }
  return purged
}

/**
 * What a server has many of, in batches, since deleted bytes are overwritten. Cut off, it goes on at the next start: the
 * server stays left.
 */
async function deleteMany(db: Database, server: SelectQueryBuilder<Schema, 'servers', { id: string }>): Promise<void> {
  const datasets = db.selectFrom('datasets').select('id').where('server', 'in', server)
  for (const table of ['pictures', 'feedback'] as const) {
    const some = db.selectFrom(table).select('id').where('dataset', 'in', datasets).limit(BATCH)
    await inBatches(() => db.deleteFrom(table).where('id', 'in', some).executeTakeFirstOrThrow())
  }
  for (const table of ['audit', 'messages'] as const) {
    const some = db.selectFrom(table).select('id').where('server', 'in', server).limit(BATCH)
    await inBatches(() => db.deleteFrom(table).where('id', 'in', some).executeTakeFirstOrThrow())
  }
}

/** A server's settings: parsed JSON as it was written; an empty object where nothing was set. */
export async function readServer(db: Database, id: string): Promise<unknown> {
  const row = await db.selectFrom('servers').select('settings').where('id', '=', id).limit(1).executeTakeFirst()
  return JSON.parse(row?.settings ?? '{}')
}

type SettingsChange = { server: string; by: string; detail: object }

/**
 * Changes a server's settings from what they are at that moment, and records who did it.
 * @param change takes parsed JSON, gives what is written. @returns what was written
 */
export async function changeServer<T extends object>(
  db: Database,
  { server, by, detail }: SettingsChange,
  change: (before: unknown) => T,
): Promise<T> {
  return inTransaction(db, async (t) => {
    await lockServer(t, server)
    await t
      .insertInto('servers')
      .values(newServer(server))
      .onConflict((c) => c.doNothing())
      .execute()
    const row = await t
      .selectFrom('servers')
      .select('settings')
      .where('id', '=', server)
      .limit(1)
      .executeTakeFirstOrThrow()
    const after = change(JSON.parse(row.settings))
    await t
      .updateTable('servers')
      .set({ settings: JSON.stringify(after) })
      .where('id', '=', server)
      .execute()
    await writeChange(t, { server, dataset: null, by, action: 'settings changed', detail })
    return after
  })
}
