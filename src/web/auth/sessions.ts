import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/connection.ts'
import {
  addWebSession,
  endWebSession,
  endWebSessionsOf,
  findWebSession,
  keepNewestWebSessions,
  listWebSessions,
} from '../../db/web-sessions.ts'

/** Somebody who came in by a browser, or a script with a token. `id`: of the session, in the database. */
export type Session = { id: number; person: string; name: string; kind: 'browser' | 'token' }

const DAY_MS = 24 * 3600_000
/** How long a browser stays logged in, and a script's token is good. */
const LIFETIME_MS = { browser: 7 * DAY_MS, token: 90 * DAY_MS }
/** Of one person: browsers and scripts. The oldest ones end. */
const MAX_SESSIONS = 50
const TOKEN_BYTES = 32

/** What a browser's cookie and a script's token stand for. The database knows a hash of them alone. */
export type Sessions = ReturnType<typeof openSessions>

type Opening = Omit<Session, 'id'>

export function openSessions(db: Database, now: () => number = Date.now) {
  const listeners = new Set<(person: string) => void>()
  const tell = (person: string): void => {
    for (const listener of listeners) listener(person)
  }
  return {
    /** Tells when somebody's sessions end before their time. @returns what ends it */
    onEnded(listener: (person: string) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** @returns the secret, which is shown once */
    async open({ person, name, kind }: Opening): Promise<string> {
      const secret = randomBytes(TOKEN_BYTES).toString('base64url')
      const at = now()
      await addWebSession(db, { hash: hashOf(secret), person, name, kind, at, expiresAt: at + LIFETIME_MS[kind] })
      await keepNewestWebSessions(db, person, MAX_SESSIONS)
      return secret
    },
    find: async (secret: string): Promise<Session | undefined> => findWebSession(db, hashOf(secret), now()),
    async end(id: number, person: string): Promise<boolean> {
      const wasTheirs = await endWebSession(db, id, person)
      tell(person)
      return wasTheirs
    },
    async endAllOf(person: string): Promise<void> {
      await endWebSessionsOf(db, person)
      tell(person)
    },
    list: (person: string) => listWebSessions(db, person, now()),
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
