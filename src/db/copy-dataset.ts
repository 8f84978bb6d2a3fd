import { parseName } from '../label.ts'
import { tooMany } from './admission.ts'
import { recordChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { requireFree, unfinishedName } from './dataset-changes.ts'
import { insertDataset, requireDataset, UNFINISHED } from './datasets.ts'
import { sql, type Transaction } from './kysely.ts'
import { deleteEmptyLabels } from './labels.ts'
import { copyObjects, hasOthers, insertCopied } from './objects/copy-objects.ts'
import type { Schema } from './schema.ts'
import { type Limits, readRoom } from './server-limits.ts'
import { changeDataset, lockServer } from './transactions.ts'

/** `to`: the name of the copy. `limits`: for servers for which nothing was set. */
type Copy = { server: string; name: string; to: string; by: string; limits?: Limits }
type Pair = { from: number; to: number }

/** How far it is, and at its end the copy's id and what it has. */
type Copied = { dataset: number; name: string; to: string; labels: number; examples: number }

/**
 * Copies the labels, pictures, features and examples of a dataset, a batch of pictures at a time, while others go on. What
 * is changed meanwhile may or may not be in the copy. Versions know labels and examples by id: the copy is trained anew.
 * Nobody sees it before it is whole. Yields how many pictures are copied. Throws UserError dataset.*, limit.*
 */
export async function* copyDataset(
  db: Database,
  { server, name, to: text, by, limits = {} }: Copy,
): AsyncGenerator<{ done: number; total: number }, Copied> {
  const to = parseName('dataset', text)
  const source = await requireDataset(db, server, name)
  await requireFree(db, { server, name: to })
  const { backbone, pictures: total } = await db
    .selectFrom('datasets')
    .select('backbone')
    .select(sql<number>`(select count(*) from pictures where dataset = datasets.id)`.as('pictures'))
    .where('id', '=', source.id)
    .limit(1)
    .executeTakeFirstOrThrow()
  await requireRoom(db, source.id, { limits, total })
  const dataset = await insertDataset(db, { server: UNFINISHED, name: unfinishedName(), backbone })
  const pair = { from: source.id, to: dataset }
  let done = 0
  for (let after = 0; ; ) {
    const batch = await copyBatch(db, pair, after)
    if (!batch) break
    after = batch.last
    done += batch.pictures
    yield { done: Math.min(done, total), total }
  }
  const counts = await finish(db, { server, name: source.name, to, by }, pair)
  return { dataset, name: source.name, to, ...counts }
}

/** Throws UserError limit.* where a server may not have everything twice. */
async function requireRoom(db: Database, dataset: number, { limits, total }: { limits: Limits; total: number }) {
  await changeDataset(db, dataset, async (t) => {
    const room = await readRoom(t, dataset, limits)
    const labels = await countLabelsOf(t, dataset)
    if (room.pictures && room.pictures.left < total) throw tooMany('pictures', room.pictures.max)
    if (room.labels && room.labels.left < labels) throw tooMany('labels', room.labels.max)
  })
}

async function countLabelsOf(db: Database, dataset: number): Promise<number> {
  const query = db.selectFrom('labels').select((e) => e.fn.countAll<number>().as('labels'))
  return (await query.where('dataset', '=', dataset).where('deleted_at', 'is', null).executeTakeFirstOrThrow()).labels
}

/** The next pictures with what belongs to them. Undefined: there are none. */
async function copyBatch(db: Database, pair: Pair, after: number) {
  const rows = await db
    .selectFrom('pictures')
    .select('id')
    .where('dataset', '=', pair.from)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  const last = rows.at(-1)?.id
  if (last === undefined) return undefined
  while (!(await copyRows(db, pair, { after, last }))) {}
  return { last, pictures: rows.length }
}

/** @returns false where pictures were moved into the bucket meanwhile: nothing was copied */
async function copyRows(db: Database, { from, to }: Pair, { after, last }: { after: number; last: number }) {
  const range = { dataset: from, after, last }
  // Before the transaction, which waits for nothing but the database.
  const objects = await copyObjects(db, range)
  return changeDataset(db, to, async (t) => {
    if (await hasOthers(t, range, objects)) return false
    const old = sql`old.dataset = ${from} and old.id > ${after} and old.id <= ${last}`
    const copied = sql`pictures as old join pictures as copy on copy.dataset = ${to} and copy.pixel_hash = old.pixel_hash`
    await sql`insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast)
      select ${to}, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast from pictures as old
      where ${old} and object is null and exists (select 1 from examples where picture = old.id and state <> 'deleted')
      order by old.id`.execute(t)
    await insertCopied(t, to, objects)
    await sql`insert into features (picture, backbone, vector, bits)
      select copy.id, backbone, vector, bits from ${copied} join features on features.picture = old.id where ${old}`.execute(
      t,
    )
    await sql`insert into labels (dataset, name, key) select distinct cast(${to} as bigint), labels.name, labels.key
      from pictures as old join examples on examples.picture = old.id join labels on labels.id = examples.label
      where ${old} and labels.deleted_at is null
      on conflict do nothing`.execute(t)
    await sql`insert into examples (picture, label, file, filed_at, filed_by, posted_by, state, vouched, age_restricted)
      select copy.id, new.id, file, filed_at, filed_by, posted_by, state, vouched, age_restricted
      from ${copied} join examples on examples.picture = old.id join labels on labels.id = examples.label
      join labels as new on new.dataset = ${to} and new.key = labels.key
      where ${old} and examples.state <> 'deleted' and labels.deleted_at is null
      order by examples.id`.execute(t)
    return true
  })
}

/** Makes the copy one of the server's datasets. */
function finish(db: Database, { server, name, to, by }: Copy, { from, to: dataset }: Pair) {
  return changeDataset(db, dataset, async (t) => {
    await lockServer(t, server)
    await requireFree(t, { server, name: to })
    await dropForgotten(t, { from, to: dataset })
    const counts = await t
      .selectNoFrom([
        sql<number>`(select count(*) from labels where dataset = ${dataset})`.as('labels'),
        sql<number>`(select count(*) from labels join examples on examples.label = labels.id
          where labels.dataset = ${dataset})`.as('examples'),
      ])
      .executeTakeFirstOrThrow()
    await t.updateTable('datasets').set({ server, name: to }).where('id', '=', dataset).execute()
    await recordChange(t, { dataset, by, action: 'dataset copied', detail: { copied: name, to, ...counts } })
    return counts
  })
}

/** Whoever had their pictures deleted while they were copied does not find them in the copy. */
async function dropForgotten(t: Transaction<Schema>, { from, to }: Pair): Promise<void> {
  const original = sql`pictures as old where old.dataset = ${from} and old.pixel_hash = pictures.pixel_hash`
  await sql`delete from examples where id in (select examples.id from pictures
    join examples on examples.picture = pictures.id where pictures.dataset = ${to} and not exists (
      select 1 from ${original} and exists (
        select 1 from examples as other where other.picture = old.id and other.filed_by = examples.filed_by)))`.execute(
    t,
  )
  await sql`delete from pictures where dataset = ${to}
    and not exists (select 1 from examples where examples.picture = pictures.id)`.execute(t)
  await deleteEmptyLabels(t, to)
}
