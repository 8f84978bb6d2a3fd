import type { Store } from './database.ts'

/** A posted message that is to be answered: where it stands, and where its pictures lie (never the pictures). */
type PostedMessage = { id: string; server: string; channel: string; work: string }

/** Takes a message to answer it. False: it was taken before, also by a process that is gone. */
export async function takeMessage(store: Store, message: PostedMessage): Promise<boolean> {
  const added = await store
    .insertInto('messages')
    .values({ ...message, at: Date.now() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** From now on only its id is kept, so that it is not answered twice. */
export async function endMessage(store: Store, id: string): Promise<void> {
  await store.updateTable('messages').set({ work: null }).where('id', '=', id).execute()
}

/** What a process that stopped had taken and not answered. */
export async function openMessages(store: Store): Promise<PostedMessage[]> {
  const rows = await store
    .selectFrom('messages')
    .select(['id', 'server', 'channel', 'work'])
    .where('work', 'is not', null)
    .orderBy('at')
    .execute()
  return rows as PostedMessage[]
}

/** Forgets messages that were taken before a moment, in milliseconds since 1970. */
export async function sweepMessages(store: Store, before: number): Promise<void> {
  await store.deleteFrom('messages').where('at', '<', before).execute()
}
