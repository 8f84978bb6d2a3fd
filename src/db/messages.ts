import { batch } from './batch.ts'
import type { Database } from './connection.ts'

/** A posted message that is to be answered: where it stands, and where its pictures lie (never the pictures). */
type PostedMessage = { id: string; server: string; channel: string; work: string }

type Books = { take(message: PostedMessage): Promise<boolean>; end(id: string): Promise<void> }
const books = new WeakMap<Database, Books>()

/** Hundreds may come at once, and each is on disk before its answer is begun: they share their commits. */
function booksOf(db: Database): Books {
  const made = books.get(db) ?? {
    take: batch<PostedMessage, boolean>((messages) => takeAll(db, messages)),
    end: batch<string, void>(async (ids) => {
      await db.updateTable('messages').set({ work: null }).where('id', 'in', ids).execute()
      return []
    }),
  }
  books.set(db, made)
  return made
}

async function takeAll(db: Database, messages: PostedMessage[]): Promise<boolean[]> {
  const rows = messages.map((message) => ({ ...message, at: Date.now() }))
  const query = db
    .insertInto('messages')
    .values(rows)
    .onConflict((c) => c.doNothing())
  const added = new Set((await query.returning('id').execute()).map((r) => r.id))
  // The same one twice in one turn: the first takes it.
  return messages.map(({ id }) => added.delete(id))
}

/** Takes a message to answer it. False: it was taken before, also by a process that is gone. */
export const takeMessage = (db: Database, message: PostedMessage): Promise<boolean> => booksOf(db).take(message)

/** From now on only its id is kept, so that it is not answered twice. */
export const endMessage = (db: Database, id: string): Promise<void> => booksOf(db).end(id)

/** What a process that stopped had taken and not answered. */
export async function openMessages(db: Database): Promise<PostedMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'server', 'channel', 'work'])
    .where('work', 'is not', null)
    .orderBy('at')
    .execute()
  return rows as PostedMessage[]
}

/** Forgets messages that were taken before a moment, in milliseconds since 1970. */
export async function sweepMessages(db: Database, before: number): Promise<void> {
  await db.deleteFrom('messages').where('at', '<', before).execute()
}
