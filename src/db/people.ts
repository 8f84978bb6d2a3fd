import { type Kysely, sql } from 'kysely'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import type { Schema } from './schema.ts'

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

type Withdrawal = { teacher: string; by: string; withdrawn: boolean }

/** Examples that one statement withdraws: no picture is written for it. */
const WITHDRAWN_AT_ONCE = 5000

/**
 * Withdraws everything that a teacher added to a dataset from training, or takes that back. Nothing is deleted, and what a
 * reviewer excluded stays excluded. @returns how many examples changed
 */
export function setWithdrawn(db: Database, dataset: number, { teacher, by, withdrawn }: Withdrawal): Promise<number> {
  const [from, to] = withdrawn ? (['kept', 'withdrawn'] as const) : (['withdrawn', 'kept'] as const)
  return db.transaction().execute(async (t) => {
    let examples = 0
    for (let changed = WITHDRAWN_AT_ONCE; changed === WITHDRAWN_AT_ONCE; examples += changed) {
      const some = examplesBy(t, dataset, teacher).where('state', '=', from).limit(WITHDRAWN_AT_ONCE)
      const { numUpdatedRows } = await t
        .updateTable('examples')
        .set({ state: to })
        .where('id', 'in', some)
        .executeTakeFirst()
      changed = Number(numUpdatedRows)
    }
    const action = withdrawn ? 'excluded' : 'restored'
    await recordChange(t, { dataset, by, action, detail: { teacher, examples } })
    return examples
  })
}

/** Ids of what a person added to a dataset. */
export const examplesBy = (t: Kysely<Schema>, dataset: number, by: string) =>
  t
    .selectFrom('examples')
    .select('id')
    .where('filed_by', '=', by)
    .where('label', 'in', t.selectFrom('labels').select('id').where('dataset', '=', dataset))

/** Rows read at once. */
const PAGE = 1000

/** What a server keeps of a person beside the pictures: what they said about answers, and what they changed. */
export async function readPerson(db: Database, server: string, by: string) {
  const feedback = await readPages((after) =>
    db
      .selectFrom('feedback')
      .innerJoin('datasets', 'datasets.id', 'feedback.dataset')
      .select(['feedback.id', 'datasets.name as dataset', 'feedback.version', 'said', 'right', 'truth', 'at'])
      .where('datasets.server', '=', server)
      .where('by', '=', by)
      .where('feedback.id', '>', after)
      .orderBy('feedback.id')
      .limit(PAGE)
      .execute(),
  )
  const rows = await readPages((after) =>
    db
      .selectFrom('audit')
      .select(['id', 'at', 'action', 'detail'])
      .where('server', '=', server)
      .where('by', '=', by)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  )
  const changes = rows.map(({ id: _, ...row }) => {
    const detail: object = JSON.parse(row.detail)
    return { ...row, detail }
  })
  return { feedback: feedback.map(({ id: _, ...row }) => row), changes }
}

async function readPages<T extends { id: number }>(readPage: (after: number) => Promise<T[]>): Promise<T[]> {
  const all: T[] = []
  for (let page: T[] = []; ; ) {
    page = await readPage(all.at(-1)?.id ?? 0)
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

/** Copies in memory at once, some 40 KB each. */
const COPIES = 50

/** The pictures that a person added in a server, with their stored copies (JPEG), one after the other. */
export async function* readPicturesBy(db: Database, server: string, by: string) {
  const { decrypt } = encryptionOf(db)
  for (let last = 0; ; ) {
    const rows = await picturesAfter(db, { server, by, after: last }).execute()
    for (const row of rows) yield { ...row, copy: decrypt(row.copy) }
    last = rows.at(-1)?.id ?? last
    if (rows.length < COPIES) return
  }
}

/** Along the index of who added them: one that began with the server's labels would sort them all for each page. */
const picturesAfter = (db: Database, { server, by, after }: { server: string; by: string; after: number }) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('datasets', 'datasets.id', 'labels.dataset')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'datasets.name as dataset', 'labels.name as label', 'file', 'filed_at', 'state', 'copy'])
    .where(sql`+datasets.server`, '=', server)
    .where('filed_by', '=', by)
    .where('examples.id', '>', after)
    .orderBy('examples.id')
    .limit(COPIES)
