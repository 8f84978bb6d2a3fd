import { randomUUID } from 'node:crypto'
import { UserError } from '../errors.ts'
import { parseName } from '../label.ts'
import { recordChange, writeChange } from './audit.ts'
import { BATCH, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { DEFAULT_DATASET, DELETED, findDataset, insertDataset, requireDataset, UNFINISHED } from './datasets.ts'
import { sql } from './kysely.ts'
import { inTransaction, lockServer } from './transactions.ts'

/** One of a server's datasets, and who changes it. */
type Target = { server: string; name: string; by: string }

/** How long a copy may take. One that is older was cut off. */
const MAX_COPY_MS = 24 * 3600_000

/** A server's datasets with what is in them, by name. `version`: the active one; null: none was trained. */
export async function describeDatasets(db: Database, server: string) {
  return db
    .selectFrom('datasets')
    .select(['id', 'name', 'version'])
    .select([
      sql<number>`(select count(*) from labels where dataset = datasets.id and deleted_at is null)`.as('labels'),
      sql<number>`(select count(*) from labels join examples on examples.label = labels.id
        where labels.dataset = datasets.id and examples.state = 'kept')`.as('examples'),
    ])
    .where('server', '=', server)
    .orderBy('name')
    .execute()
}

/**
 * Gives a dataset another name; channels that use it go on using it. @returns both names
 * Throws UserError dataset.*
 */
export function renameDataset(db: Database, { server, name, by }: Target, text: string) {
  const to = parseName('dataset', text)
  return inTransaction(db, async (t) => {
    await lockServer(t, server)
    const dataset = await requireDataset(t, server, name)
    requireNotMain(dataset.name)
    await requireFree(t, { server, name: to }, dataset.id)
    await t.updateTable('datasets').set({ name: to }).where('id', '=', dataset.id).execute()
    const renamed = sql<string>`json_group_object(key, case value when ${dataset.name} then ${to} else value end)`
    await changeChannels(t, { server, name: dataset.name, by }, renamed)
    const detail = { renamed: dataset.name, to }
    await recordChange(t, { dataset: dataset.id, by, action: 'dataset renamed', detail })
    return detail
  })
}

/** Throws UserError dataset.exists. @param except a dataset that may have the name */
export async function requireFree(
  db: Database,
  { server, name }: { server: string; name: string },
  except?: number,
): Promise<void> {
  const taken = await findDataset(db, server, name)
  if (taken && taken.id !== except)
    throw new UserError('dataset.exists', `Expected a new name, received that of the dataset ${taken.name}`)
}

function requireNotMain(name: string): void {
  if (name === DEFAULT_DATASET)
    throw new UserError(
      'dataset.main',
      `Expected another dataset than ${DEFAULT_DATASET}, which channels have that no other was chosen for: it can be copied and emptied`,
    )
}

/** Changes which dataset channels use, where any uses this one. @param channels JSON, from the entries of the old object */
async function changeChannels(
  t: Database,
  { server, name, by }: Target,
  channels: ReturnType<typeof sql<string>>,
): Promise<void> {
  const entries = sql`json_each(settings, '$.datasets')`
  const { numAffectedRows } = await sql`
    update servers set settings = json_set(settings, '$.datasets', json((select ${channels} from ${entries})))
    where id = ${server} and json_type(settings, '$.datasets') = 'object'
      and exists (select 1 from ${entries} where value = ${name})`.execute(t)
  if (!numAffectedRows) return
  const detail = { dataset: name }
  await writeChange(t, { server, dataset: null, by, action: 'settings changed', detail })
}

/**
 * Deletes a dataset for everybody, at once; `purgeDatasets` deletes its rows. Channels that used it use the default one.
 * @returns its id. Throws UserError dataset.*
 */
export function deleteDataset(db: Database, { server, name, by }: Target): Promise<number> {
  return inTransaction(db, async (t) => {
    await lockServer(t, server)
    const dataset = await requireDataset(t, server, name)
    requireNotMain(dataset.name)
    await hide(t, dataset.id)
    const rest = sql<string>`json_group_object(key, value) filter (where value <> ${dataset.name})`
    await changeChannels(t, { server, name: dataset.name, by }, rest)
    const detail = { deleted: dataset.name }
    await writeChange(t, { server, dataset: null, by, action: 'dataset deleted', detail })
    return dataset.id
  })
}

/**
 * Puts an empty dataset in the place of one, at once; `purgeDatasets` deletes the rows of the old one.
 * @returns the ids of both. Throws UserError dataset.*
 */
export function emptyDataset(db: Database, { server, name, by }: Target): Promise<{ old: number; dataset: number }> {
  return inTransaction(db, async (t) => {
    await lockServer(t, server)
    const { id, name: found } = await requireDataset(t, server, name)
    const { backbone } = await t
      .selectFrom('datasets')
      .select('backbone')
      .where('id', '=', id)
      .limit(1)
      .executeTakeFirstOrThrow()
    await hide(t, id)
    const dataset = await insertDataset(t, { server, name: found, backbone })
    await recordChange(t, { dataset, by, action: 'dataset emptied', detail: { emptied: found } })
    return { old: id, dataset }
  })
}

async function hide(t: Database, id: number): Promise<void> {
  await t.updateTable('datasets').set({ server: DELETED, name: randomUUID() }).where('id', '=', id).execute()
}

/** The name of a copy until it is finished: when it began, and nobody else's. */
export const unfinishedName = (): string => `${new Date().toISOString()} ${randomUUID()}`

/**
 * Deletes what is left of deleted datasets, and of copies that were cut off, in batches: deleted bytes are overwritten.
 * Cut off, it goes on with the next call. Yields how many pictures are deleted.
 */
export async function* purgeDatasets(db: Database): AsyncGenerator<number> {
  const cutOff = new Date(Date.now() - MAX_COPY_MS).toISOString()
  const rows = await db
    .selectFrom('datasets')
    .select('id')
    .where((e) => e.or([e('server', '=', DELETED), e.and([e('server', '=', UNFINISHED), e('name', '<', cutOff)])]))
    .execute()
  const gone = rows.map((row) => row.id)
  if (gone.length === 0) return
  const some = db.selectFrom('pictures').select('id').where('dataset', 'in', gone).limit(BATCH)
  for (let pictures = 0, deleted = BATCH; deleted === BATCH; ) {
    const { numDeletedRows } = await db.deleteFrom('pictures').where('id', 'in', some).executeTakeFirstOrThrow()
    deleted = Number(numDeletedRows)
    pictures += deleted
    yield pictures
  }
  for (const table of ['feedback', 'reviews', 'versions'] as const) {
    const some = db.selectFrom(table).select('id').where('dataset', 'in', gone).limit(BATCH)
    await inBatches(() => db.deleteFrom(table).where('id', 'in', some).executeTakeFirstOrThrow())
  }
  // The log of the server keeps what was done; which dataset it was done to is gone.
  const logged = db.selectFrom('audit').select('id').where('dataset', 'in', gone).limit(BATCH)
  await inBatches(() =>
    db.updateTable('audit').set({ dataset: null }).where('id', 'in', logged).executeTakeFirstOrThrow(),
  )
  await db.deleteFrom('datasets').where('id', 'in', gone).execute()
}
