import { UserError } from '../errors.ts'
import { writeChange } from './audit.ts'
import { ABOUT_ALL } from './blocks.ts'
import type { Database } from './connection.ts'
import { LOCAL_SERVER, readServerOf } from './datasets.ts'
import type { Kysely, Transaction } from './kysely.ts'
import type { Schema } from './schema.ts'
import { inTransaction, lockLimits, lockServer } from './transactions.ts'

/** How many a server may have; undefined: as many as there is room for. */
export type Limits = { pictures?: number | undefined; labels?: number | undefined }

/** How much a server may have still. `max`: of all, for whoever is refused. */
type Room = { [K in keyof Limits]-?: { max: number; left: number } | undefined }

/** What was set for a server; null: nothing was. */
const readOwnLimits = (db: Kysely<Schema>, server: string) =>
  db
    .selectFrom('servers')
    .select(['max_pictures as pictures', 'max_labels as labels'])
    .where('id', '=', server)
    .limit(1)
    .executeTakeFirst()

/** @param defaults for servers for which nothing was set; the terminal's own datasets have no limits. Throws UserError dataset.gone */
export async function readRoom(t: Transaction<Schema>, dataset: number, defaults: Limits): Promise<Room> {
  const { server, pictures, labels } = await readLimits(t, dataset, defaults)
  return {
    pictures: pictures === undefined ? undefined : { max: pictures, left: pictures - (await countPictures(t, server)) },
    labels: labels === undefined ? undefined : { max: labels, left: labels - (await countServerLabels(t, server)) },
  }
}

/** Of labels alone, which are quickly counted. */
export async function readLabelRoom(
  t: Transaction<Schema>,
  dataset: number,
  { labels: usual }: Limits,
): Promise<Room['labels']> {
  const { server, labels } = await readLimits(t, dataset, { labels: usual })
  return labels === undefined ? undefined : { max: labels, left: labels - (await countServerLabels(t, server)) }
}

async function readLimits(
  t: Transaction<Schema>,
  dataset: number,
  defaults: Limits,
): Promise<Limits & { server: string }> {
  const server = await readServerOf(t, dataset)
  if (server === LOCAL_SERVER) return { server }
  const own = await readOwnLimits(t, server)
  const limits = { pictures: own?.pictures ?? defaults.pictures, labels: own?.labels ?? defaults.labels }
  // What is counted now is not added to by others before this is committed.
  if (limits.pictures !== undefined || limits.labels !== undefined) await lockLimits(t, server)
  return { server, ...limits }
}

const datasetsOf = (db: Kysely<Schema>, server: string) =>
  db.selectFrom('datasets').select('id').where('server', '=', server)

/** All that are stored of a server, whatever label they are under. */
export async function countPictures(db: Kysely<Schema>, server: string): Promise<number> {
  const query = db.selectFrom('pictures').select((e) => e.fn.countAll<number>().as('count'))
  return (await query.where('dataset', 'in', datasetsOf(db, server)).executeTakeFirstOrThrow()).count
}

/** Those that people see. */
export async function countServerLabels(db: Kysely<Schema>, server: string): Promise<number> {
  const query = db.selectFrom('labels').select((e) => e.fn.countAll<number>().as('count'))
  return (
    await query.where('dataset', 'in', datasetsOf(db, server)).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
  ).count
}

/** `null`: as for servers for which nothing was set; undefined: as it is. */
type NewLimits = {
  server: string
  by: string
  pictures?: number | null | undefined
  labels?: number | null | undefined
}

/** Sets what one server may have. @returns what is set now. Throws UserError settings.unknown-server */
export function setLimits(db: Database, { server, by, pictures, labels }: NewLimits) {
  return inTransaction(db, async (t) => {
    await lockServer(t, server)
    const before = await readOwnLimits(t, server)
    if (!before)
      throw new UserError('settings.unknown-server', `Expected a server of this database, received ${server}`)
    const after = {
      pictures: pictures === undefined ? before.pictures : pictures,
      labels: labels === undefined ? before.labels : labels,
    }
    await t
      .updateTable('servers')
      .set({ max_pictures: after.pictures, max_labels: after.labels })
      .where('id', '=', server)
      .execute()
    await writeChange(t, { ...ABOUT_ALL, by, action: 'limits changed', detail: { server, ...after } })
    return after
  })
}
