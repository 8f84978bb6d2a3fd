import { batch } from './batch.ts'
import { type CallToCommit, commitCalls, type SealedCall, sealCall } from './calls.ts'
import { BATCH, chunks, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { type NotNull, sql } from './kysely.ts'
import { inTransaction } from './transactions.ts'

/** A posted message that is to be answered. `work`, JSON: where its pictures lie (never the pictures). */
type PostedMessage = { id: string; server: string; channel: string; work: string }

/** `call`: leaves the answer to whichever process answers calls, with all that it takes. */
type ClaimedMessage = Omit<PostedMessage, 'work'> & ({ work: string } | { call: CallToCommit })

/** `answer`: the id of the reply. */
type Answered = { id: string; answer?: string | undefined }

/** As it is written. */
type ReadyMessage = Omit<PostedMessage, 'work'> & ({ work: string } | { sealed: SealedCall })

type MessageBatches = { claim(message: ReadyMessage): Promise<boolean>; finish(answered: Answered): Promise<void> }
const batches = new WeakMap<Database, MessageBatches>()

/** Hundreds may come at once, and each is on disk before its answer is begun: they share their commits. */
function batchesOf(db: Database): MessageBatches {
  const made = batches.get(db) ?? {
    claim: batch<ReadyMessage, boolean>((messages) => claimAll(db, messages)),
    finish: batch<Answered, undefined>((answered) => finishAll(db, answered)),
  }
  batches.set(db, made)
  return made
}

/** In one transaction with the calls: what is claimed is answered. */
async function claimAll(db: Database, messages: ReadyMessage[]): Promise<boolean[]> {
  const calls = messages.flatMap((message) => ('sealed' in message ? [message.sealed] : []))
  const added =
    calls.length === 0
      ? await insertAll(db, messages)
      : await inTransaction(db, async (t) => {
          const inserted = await insertAll(t, messages)
          const fresh = calls.filter(({ id }) => inserted.has(id))
          if (fresh.length > 0) await commitCalls(t, fresh)
          return inserted
        })
  // The same one twice in one batch: the first has it.
  return messages.map(({ id }) => added.delete(id))
}

async function insertAll(db: Database, messages: ReadyMessage[]): Promise<Set<string>> {
  // In one order, so that no two processes with the same ones wait for each other.
  const rows = messages
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((message) => {
      const { id, server, channel } = message
      return { id, server, channel, work: 'work' in message ? message.work : null, at: Date.now() }
    })
  const query = db
    .insertInto('messages')
    .values(rows)
    .onConflict((c) => c.doNothing())
  return new Set((await query.returning('id').execute()).map((row) => row.id))
}

async function finishAll(db: Database, answered: Answered[]): Promise<undefined[]> {
  const ids = answered.map(({ id }) => id)
  const cases = answered.map(({ id, answer = null }) => sql`when ${id} then ${answer}`)
  const answer = sql<string | null>`case id ${sql.join(cases, sql` `)} end`
  await db.updateTable('messages').set({ work: null, answer }).where('id', 'in', ids).execute()
  return ids.map(() => undefined)
}

/** Claims a message in order to answer it. @returns false where it was claimed before, also by a process that is gone */
export const claimMessage = (db: Database, message: ClaimedMessage): Promise<boolean> =>
  batchesOf(db).claim('call' in message ? { ...message, sealed: sealCall(db, message.call) } : message)

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
