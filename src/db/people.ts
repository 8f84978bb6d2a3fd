import { sql } from 'kysely'
import { recordChange } from './audit.ts'
import { changeDataset, type Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { deleteUnused } from './labels.ts'

/** What stands for a person whose traces were deleted. */
const NOBODY = 'forgotten'

/** Every dataset of a server, with how many examples a person filed in it. */
export async function countExamplesBy(db: Database, server: string, by: string) {
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

/** Deletes every picture that a person filed in a server, what they said about answers, and their name everywhere. */
export async function forgetPerson(db: Database, server: string, by: string): Promise<number> {
  let deleted = 0
  for (const { dataset } of await countExamplesBy(db, server, by))
    deleted += await changeDataset(db, dataset, async (t) => {
      const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
      const gone = await t
        .deleteFrom('examples')
        .where('filed_by', '=', by)
        .where('label', 'in', labels)
        .executeTakeFirst()
      await deleteUnused(t, dataset)
      await recordChange(t, dataset, NOBODY, 'forgotten', { examples: Number(gone.numDeletedRows) })
      return Number(gone.numDeletedRows)
    })
  const datasets = db.selectFrom('datasets').select('id').where('server', '=', server)
  await db.transaction().execute(async (t) => {
    // Where they were last, what they were asked: keys that name them.
    await t.deleteFrom('expiring').where('key', 'like', `%:${by}`).execute()
    await t.updateTable('reviews').set({ by: NOBODY }).where('by', '=', by).where('dataset', 'in', datasets).execute()
    await t.deleteFrom('claims').where('by', '=', by).execute()
    await t
      .updateTable('surveys')
      .set({ summary: sql`replace(summary, ${by}, ${NOBODY})` })
      .where('dataset', 'in', datasets)
      .execute()
    await t.deleteFrom('feedback').where('by', '=', by).where('dataset', 'in', datasets).execute()
    await t.updateTable('audit').set({ by: NOBODY }).where('by', '=', by).where('server', '=', server).execute()
    await t
      .updateTable('audit')
      .set({ detail: sql`replace(detail, ${by}, ${NOBODY})` })
      .where('server', '=', server)
      .where('detail', 'like', `%${by}%`)
      .execute()
  })
  return deleted
}

/** Takes everything that a person filed in a dataset out of the learning, or what was taken out so back in. Nothing is deleted. */
export function setWithdrawn(
  db: Database,
  dataset: number,
  { teacher, by, withdrawn }: { teacher: string; by: string; withdrawn: boolean },
): Promise<number> {
  // What a reviewer excluded stays so.
  const [from, to] = withdrawn ? (['kept', 'withdrawn'] as const) : (['withdrawn', 'kept'] as const)
  return changeDataset(db, dataset, async (t) => {
    const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
    const changed = await t
      .updateTable('examples')
      .set({ state: to })
      .where('filed_by', '=', teacher)
      .where('label', 'in', labels)
      .where('state', '=', from)
      .executeTakeFirst()
    const examples = Number(changed.numUpdatedRows)
    await recordChange(t, dataset, by, withdrawn ? 'excluded' : 'restored', { teacher, examples })
    return examples
  })
}

/** Everything that a server keeps of a person, without the pictures. */
export async function readPerson(db: Database, server: string, by: string) {
  const feedback = await db
    .selectFrom('feedback')
    .innerJoin('datasets', 'datasets.id', 'feedback.dataset')
    .select(['datasets.name as dataset', 'feedback.version', 'said', 'right', 'truth', 'at'])
    .where('datasets.server', '=', server)
    .where('by', '=', by)
    .execute()
  const changes = await db
    .selectFrom('audit')
    .select(['at', 'action', 'detail'])
    .where('server', '=', server)
    .where('by', '=', by)
    .execute()
  return { feedback, changes: changes.map(({ detail, ...c }) => ({ ...c, detail: JSON.parse(detail) as object })) }
}

/** A person's pictures in a server, as they are kept, one after the other. */
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
    yield { ...row, copy: encryptionOf(db).open(row.copy) }
    last = row.id
  }
}
