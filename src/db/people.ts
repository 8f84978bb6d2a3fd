import { sql, type Transaction } from 'kysely'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { deleteUnused } from './labels.ts'
import type { Schema } from './schema.ts'

/** What stands for a person who was forgotten. */
const NOBODY = 'forgotten'

/** Datasets of a server that a person added examples to, with how many. */
export async function countExamplesBy(
  db: Database,
  server: string,
  by: string,
): Promise<{ dataset: number; examples: number }[]> {
  return db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('datasets', 'datasets.id', 'labels.dataset')
    .select(['datasets.id as dataset', (e) => e.fn.countAll<number>().as('examples')])
    .where('datasets.server', '=', server)
    .where('filed_by', '=', by)
    .groupBy('datasets.id')
    .execute()
}

/**
 * Deletes every example that a person added in a server, what they said about answers, and their name everywhere.
 * @returns how many examples it deleted
 */
export async function forgetPerson(db: Database, server: string, by: string): Promise<number> {
  let deleted = 0
  for (const { dataset } of await countExamplesBy(db, server, by)) deleted += await deleteExamplesBy(db, dataset, by)
  await db.transaction().execute((t) => deleteTraces(t, server, by))
  return deleted
}

function deleteExamplesBy(db: Database, dataset: number, by: string): Promise<number> {
  return db.transaction().execute(async (t) => {
    const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('filed_by', '=', by)
      .where('label', 'in', labels)
      .executeTakeFirst()
    const examples = Number(numDeletedRows)
    await deleteUnused(t, dataset)
    await recordChange(t, { dataset, by: NOBODY, action: 'forgotten', detail: { examples } })
    return examples
  })
}

async function deleteTraces(t: Transaction<Schema>, server: string, by: string): Promise<void> {
  const datasets = t.selectFrom('datasets').select('id').where('server', '=', server)
  // Where they were last, what they were asked: keys that name them.
  await t.deleteFrom('expiring').where('key', 'like', `%:${by}`).execute()
  await t.deleteFrom('claims').where('by', '=', by).execute()
  await t.deleteFrom('feedback').where('by', '=', by).where('dataset', 'in', datasets).execute()
  await t.updateTable('reviews').set({ by: NOBODY }).where('by', '=', by).where('dataset', 'in', datasets).execute()
  await t
    .updateTable('surveys')
    .set({ summary: sql`replace(summary, ${by}, ${NOBODY})` })
    .where('dataset', 'in', datasets)
    .execute()
  await t.updateTable('audit').set({ by: NOBODY }).where('by', '=', by).where('server', '=', server).execute()
  await t
    .updateTable('audit')
    .set({ detail: sql`replace(detail, ${by}, ${NOBODY})` })
    .where('server', '=', server)
    .where('detail', 'like', `%${by}%`)
    .execute()
}

type Withdrawal = { teacher: string; by: string; withdrawn: boolean }

/**
 * Withdraws everything that a teacher added to a dataset from training, or takes that back. Nothing is deleted, and what a
 * reviewer excluded stays excluded. @returns how many examples changed
 */
export function setWithdrawn(db: Database, dataset: number, { teacher, by, withdrawn }: Withdrawal): Promise<number> {
  return db.transaction().execute(async (t) => {
    const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
    const { numUpdatedRows } = await t
      .updateTable('examples')
      .set({ state: withdrawn ? 'withdrawn' : 'kept' })
      .where('filed_by', '=', teacher)
      .where('label', 'in', labels)
      .where('state', '=', withdrawn ? 'kept' : 'withdrawn')
      .executeTakeFirst()
    const examples = Number(numUpdatedRows)
    const action = withdrawn ? 'excluded' : 'restored'
    await recordChange(t, { dataset, by, action, detail: { teacher, examples } })
    return examples
  })
}

/** What a server keeps of a person beside the pictures: what they said about answers, and what they changed. */
export async function readPerson(db: Database, server: string, by: string) {
  const feedback = await db
    .selectFrom('feedback')
    .innerJoin('datasets', 'datasets.id', 'feedback.dataset')
    .select(['datasets.name as dataset', 'feedback.version', 'said', 'right', 'truth', 'at'])
    .where('datasets.server', '=', server)
    .where('by', '=', by)
    .execute()
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'action', 'detail'])
    .where('server', '=', server)
    .where('by', '=', by)
    .execute()
  const changes = rows.map((row) => {
    const detail: object = JSON.parse(row.detail)
    return { ...row, detail }
  })
  return { feedback, changes }
}

/** The pictures that a person added in a server, with their stored copies (JPEG), one after the other. */
export async function* readPicturesBy(db: Database, server: string, by: string) {
  for (let last = 0; ; ) {
    const row = await db
      .selectFrom('examples')
      .innerJoin('labels', 'labels.id', 'examples.label')
      .innerJoin('datasets', 'datasets.id', 'labels.dataset')
      .innerJoin('pictures', 'pictures.id', 'examples.picture')
      .select(['examples.id', 'datasets.name as dataset', 'labels.name as label', 'file', 'filed_at', 'state', 'copy'])
      .where('datasets.server', '=', server)
      .where('filed_by', '=', by)
      .where('examples.id', '>', last)
      .orderBy('examples.id')
      .executeTakeFirst()
    if (!row) return
    yield { ...row, copy: encryptionOf(db).decrypt(row.copy) }
    last = row.id
  }
}
