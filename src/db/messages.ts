import { batch } from './batch.ts'
import { BATCH, chunks, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { type NotNull, sql } from './kysely.ts'

/** A posted message that is to be answered. `work`, JSON: where its pictures lie (never the pictures). */
type PostedMessage = { id: string; server: string; channel: string; work: string }

/** `answer`: the id of the reply. */
type Answered = { id: string; answer?: string | undefined }

type MessageBatches = { claim(message: PostedMessage): Promise<boolean>; finish(answered: Answered): Promise<void> }
const batches = new WeakMap<Database, MessageBatches>()

/** Hundreds may come at once, and each is on disk before its answer is begun: they share their commits. */
function batchesOf(db: Database): MessageBatches {
  const made = batches.get(db) ?? {
    claim: batch<PostedMessage, boolean>((messages) => claimAll(db, messages)),
    finish: batch<Answered, undefined>((answered) => finishAll(db, answered)),
  }
  batches.set(db, made)
  return made
}

async function claimAll(db: Database, messages: PostedMessage[]): Promise<boolean[]> {
  const rows = messages.map((message) => ({ ...message, at: Date.now() }))
  const query = db
    .insertInto('messages')
    .values(rows)
    .onConflict((c) => c.doNothing())
  const added = new Set((await query.returning('id').execute()).map((row) => row.id))
  // The same one twice in one batch: the first has it.
  return messages.map(({ id }) => added.delete(id))
}

async function finishAll(db: Database, answered: Answered[]): Promise<undefined[]> {
  const ids = answered.map(({ id }) => id)
  const cases = answered.map(({ id, answer = null }) => sql`when ${id} then ${answer}`)
  const answer = sql<string | null>`case id ${sql.join(cases, sql` `)} end`
  await db.updateTable('messages').set({ work: null, answer }).where('id', 'in', ids).execute()
  return ids.map(() => undefined)
}

/** Claims a message in order to answer it. @returns false where it was claimed before, also by a process that is gone */
export const claimMessage = (db: Database, message: PostedMessage): Promise<boolean> => batchesOf(db).claim(message)

/**
 * Of a message that was answered, only its id and that of its answer are kept, so that it is not answered twice, and the
 * answer is deleted with it.
 */
export const finishMessage = (db: Database, id: string, answer?: string): Promise<void> =>
  batchesOf(db).finish({ id, answer })

/** The answers to some messages that are gone. */
export async function listAnswersTo(db: Database, ids: readonly string[]): Promise<Omit<AnsweredPost, 'server'>[]> {
  const found: Omit<AnsweredPost, 'server'>[] = []
  for (const some of chunks(ids))
    found.push(
      ...(await db
        .selectFrom('messages')
        .select(['id', 'channel', 'answer'])
        .where('id', 'in', some)
        .where('answer', 'is not', null)
        .$narrowType<{ answer: NotNull }>()
        .execute()),
    )
  return found
}

/** A message that was answered; `answer`: the id of the reply. */
export type AnsweredPost = { id: string; server: string; channel: string; answer: string }

/** The latest messages that were answered. @param since milliseconds since 1970 */
export const listAnswered = (
  db: Database,
  { since, limit }: { since: number; limit: number },
): Promise<AnsweredPost[]> =>
  db
    .selectFrom('messages')
    .select(['id', 'server', 'channel', 'answer'])
    .where('at', '>=', since)
    .where('answer', 'is not', null)
    .$narrowType<{ answer: NotNull }>()
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()

/** The answers to some messages are gone with them. */
export async function forgetAnswers(db: Database, ids: readonly string[]): Promise<void> {
  for (const some of chunks(ids))
    await db.updateTable('messages').set({ answer: null }).where('id', 'in', some).execute()
}

/** Messages that were claimed and not answered, because the process stopped; the oldest first. */
export const listUnfinishedMessages = (db: Database): Promise<PostedMessage[]> =>
  db
    .selectFrom('messages')
    .select(['id', 'server', 'channel', 'work'])
    .where('work', 'is not', null)
    .$narrowType<{ work: NotNull }>()
    .orderBy('at')
    .execute()

/** Deletes the messages that were claimed before a moment, in milliseconds since 1970. */
export async function sweepMessages(db: Database, before: number): Promise<void> {
  const some = db.selectFrom('messages').select('id').where('at', '<', before).limit(BATCH)
  await inBatches(() => db.deleteFrom('messages').where('id', 'in', some).executeTakeFirstOrThrow())
}
