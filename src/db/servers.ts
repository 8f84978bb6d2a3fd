import { writeChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { rememberForgotten } from './forgettings.ts'

/** Remembers that the bot is in a server (again). @returns whether it was not in it before */
export async function joinServer(db: Database, id: string): Promise<boolean> {
  return db.transaction().execute(async (t) => {
    const before = await t.selectFrom('servers').select('left_at').where('id', '=', id).executeTakeFirst()
    await t
      .insertInto('servers')
      .values(newServer(id))
      .onConflict((c) => c.column('id').doUpdateSet({ left_at: null }))
      .execute()
    return !before || before.left_at !== null
  })
}

const newServer = (id: string) => ({ id, settings: '{}', joined_at: new Date().toISOString(), left_at: null })

/** Starts the grace period after which a server's data are deleted. */
export async function leaveServer(db: Database, id: string): Promise<void> {
  await db
    .updateTable('servers')
    .set({ left_at: new Date().toISOString() })
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .execute()
}

/** The ids of the servers that the bot is in. */
export async function listPresentServers(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('servers').select('id').where('left_at', 'is', null).execute()
  return rows.map((row) => row.id)
}

/** Deletes everything of the servers that the bot left before a moment. @returns their ids */
export async function purgeServers(db: Database, before: Date): Promise<string[]> {
  const rows = await db.selectFrom('servers').select('id').where('left_at', '<', before.toISOString()).execute()
  const ids = rows.map((row) => row.id)
  for (const id of ids) {
    await deletePictures(db, id)
    await db.transaction().execute(async (t) => {
      await rememberForgotten(t, { server: id })
      await t.deleteFrom('datasets').where('server', '=', id).execute()
      await t.deleteFrom('audit').where('server', '=', id).execute()
      await t.deleteFrom('messages').where('server', '=', id).execute()
      await t.deleteFrom('servers').where('id', '=', id).execute()
    })
  }
  return ids
}

/** In batches, since deleted bytes are overwritten. Cut off, it goes on at the next start: the server stays left. */
async function deletePictures(db: Database, server: string): Promise<void> {
  const datasets = db.selectFrom('datasets').select('id').where('server', '=', server)
  for (let deleted = BATCH; deleted === BATCH; ) {
    const some = db.selectFrom('pictures').select('id').where('dataset', 'in', datasets).limit(BATCH)
    deleted = Number((await db.deleteFrom('pictures').where('id', 'in', some).executeTakeFirst()).numDeletedRows)
  }
}

/** A server's settings: parsed JSON as it was written; an empty object where nothing was set. */
export async function readServer(db: Database, id: string): Promise<unknown> {
  const row = await db.selectFrom('servers').select('settings').where('id', '=', id).executeTakeFirst()
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
  return db.transaction().execute(async (t) => {
    await t
      .insertInto('servers')
      .values(newServer(server))
      .onConflict((c) => c.doNothing())
      .execute()
    const row = await t.selectFrom('servers').select('settings').where('id', '=', server).executeTakeFirstOrThrow()
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
