import { BATCH, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'

type SessionKind = 'browser' | 'token'

/** `hash`: SHA-256 of the secret. `at`, `expiresAt`: milliseconds since 1970. */
type NewSession = { hash: Buffer; person: string; name: string; kind: SessionKind; at: number; expiresAt: number }

export async function addWebSession(db: Database, { expiresAt, ...session }: NewSession): Promise<void> {
  await db
    .insertInto('web_sessions')
    .values({ ...session, expires_at: expiresAt })
    .execute()
}

type WebSession = { id: number; person: string; name: string; kind: SessionKind }

/** The one with this hash that has not expired. */
export const findWebSession = (db: Database, hash: Buffer, now: number): Promise<WebSession | undefined> =>
  db
    .selectFrom('web_sessions')
    .select(['id', 'person', 'name', 'kind'])
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst()

/** Ends somebody's oldest ones, so that they have so many at most. */
export async function keepNewestWebSessions(db: Database, person: string, max: number): Promise<void> {
  const oldest = db
    .selectFrom('web_sessions')
    .select('id')
    .where('person', '=', person)
    .orderBy('id', 'desc')
    .limit(1)
    .offset(max)
  await db.deleteFrom('web_sessions').where('person', '=', person).where('id', '<=', oldest).execute()
}

/** Somebody's, the newest first. */
export const listWebSessions = (db: Database, person: string, now: number) =>
  db
    .selectFrom('web_sessions')
    .select(['id', 'name', 'kind', 'at', 'expires_at as expiresAt'])
    .where('person', '=', person)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(BATCH)
    .execute()

/** @returns whether it was theirs */
export async function endWebSession(db: Database, id: number, person: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('web_sessions')
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function endWebSessionsOf(db: Database, person: string): Promise<void> {
  await db.deleteFrom('web_sessions').where('person', '=', person).execute()
}

/** Deletes those that have expired. */
export async function sweepWebSessions(db: Database): Promise<void> {
  const some = db.selectFrom('web_sessions').select('id').where('expires_at', '<', Date.now()).limit(BATCH)
  await inBatches(() => db.deleteFrom('web_sessions').where('id', 'in', some).executeTakeFirstOrThrow())
}
