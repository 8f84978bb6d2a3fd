import { writeChange } from './audit.ts'
import { isBetween, type Marks } from './change-marks.ts'
import type { Database } from './connection.ts'
import { LOCAL_SERVER } from './datasets.ts'
import type { Action } from './schema.ts'
import type { BlockKind } from './schema-servers.ts'
import { leaveServers } from './servers.ts'
import { inTransaction } from './transactions.ts'

/** `by`: who blocks, or ends it. */
type Block = { kind: BlockKind; id: string; by: string }

const ACTIONS = {
  person: { block: 'person blocked', unblock: 'person unblocked' },
  server: { block: 'server blocked', unblock: 'server unblocked' },
} as const satisfies Record<BlockKind, Record<string, Action>>

/** Blocks a person or a server. @returns false where it was blocked already */
export function block(db: Database, { kind, id, by }: Block): Promise<boolean> {
  return inTransaction(db, async (t) => {
    const { numInsertedOrUpdatedRows = 0n } = await t
      .insertInto('blocks')
      .values({ kind, id, by, at: new Date().toISOString() })
      .onConflict((c) => c.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n) return false
    await writeChange(t, { ...ABOUT_ALL, by, action: ACTIONS[kind].block, detail: { [kind]: id } })
    return true
  })
}

/** @returns false where it was not blocked */
export function unblock(db: Database, { kind, id, by }: Block): Promise<boolean> {
  return inTransaction(db, async (t) => {
    const { numDeletedRows } = await t
      .deleteFrom('blocks')
      .where('kind', '=', kind)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) return false
    await writeChange(t, { ...ABOUT_ALL, by, action: ACTIONS[kind].unblock, detail: { [kind]: id } })
    return true
  })
}

/** Starts the grace period of a server that the operator had the bot leave. */
export const recordLeaving = (db: Database, { server, by }: { server: string; by: string }): Promise<void> =>
  inTransaction(db, async (t) => {
    await leaveServers(t, [server])
    await writeChange(t, { ...ABOUT_ALL, by, action: 'server left', detail: { server } })
  })

/** What the operator does is about no server alone. */
export const ABOUT_ALL = { server: LOCAL_SERVER, dataset: null }

/** All that are blocked, the latest first. */
export const listBlocks = (db: Database, kind?: BlockKind) => {
  const query = db.selectFrom('blocks').select(['kind', 'id', 'at', 'by']).orderBy('at', 'desc')
  return (kind === undefined ? query : query.where('kind', '=', kind)).execute()
}

const CHANGES: Action[] = Object.values(ACTIONS).flatMap((actions) => Object.values(actions))

/** Whether somebody was blocked or unblocked between two marks (change-marks.ts), by whichever process. */
export async function haveBlocksChanged(db: Database, marks: Marks): Promise<boolean> {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .where(isBetween(db, marks))
    .where('action', 'in', CHANGES)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
