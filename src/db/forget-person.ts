import { sql } from 'kysely'
import { recordChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { rememberForgotten } from './forgettings.ts'
import { IssueSummary } from './label-issues.ts'
import { deleteEmptyLabels, deleteUnusedPictures } from './labels.ts'
import { countExamplesBy, examplesBy } from './people.ts'

/** What stands for a person who was forgotten. */
const NOBODY = 'forgotten'

/**
 * Deletes every example that a person added in a server, what they said about answers, and their name everywhere. Others
 * have their turn meanwhile; cut off, it goes on when it is asked for again.
 * @returns how many examples it deleted
 */
export async function forgetPerson(db: Database, server: string, by: string): Promise<number> {
  let deleted = 0
  for (const { dataset } of await countExamplesBy(db, server, by)) deleted += await deleteExamplesBy(db, dataset, by)
  await deleteTraces(db, server, by)
  for (const { id } of await datasetsOf(db, server).execute()) await forgetInSurvey(db, id, by)
  await forgetInAudit(db, server, by)
  return deleted
}

async function deleteExamplesBy(db: Database, dataset: number, by: string): Promise<number> {
  let examples = 0
  for (let deleted = BATCH; deleted === BATCH; examples += deleted) deleted = await deleteSome(db, dataset, by)
  await db.transaction().execute(async (t) => {
    await deleteEmptyLabels(t, dataset)
    await recordChange(t, { dataset, by: NOBODY, action: 'forgotten', detail: { examples } })
  })
  return examples
}

/** @returns how many it deleted, at most a batch */
const deleteSome = (db: Database, dataset: number, by: string): Promise<number> =>
  db.transaction().execute(async (t) => {
    const some = examplesBy(t, dataset, by).limit(BATCH)
    const rows = await t.deleteFrom('examples').where('id', 'in', some).returning('picture').execute()
    await deleteUnusedPictures(
      t,
      dataset,
      rows.map((row) => row.picture),
    )
    return rows.length
  })

const datasetsOf = (db: Database, server: string) => db.selectFrom('datasets').select('id').where('server', '=', server)

async function deleteTraces(db: Database, server: string, by: string): Promise<void> {
  const datasets = datasetsOf(db, server)
  await db.transaction().execute(async (t) => {
    await rememberForgotten(t, { server, by })
    // Where they were last, what they were asked: keys that name them. Compared as a whole: a name may have wildcards.
    const suffix = `:${by}`
    await t.deleteFrom('expiring').where(sql`substr(key, -length(${suffix}))`, '=', suffix).execute()
    await t.deleteFrom('claims').where('by', '=', by).execute()
    await t.deleteFrom('feedback').where('by', '=', by).where('dataset', 'in', datasets).execute()
    await t.updateTable('reviews').set({ by: NOBODY }).where('by', '=', by).where('dataset', 'in', datasets).execute()
    await t.updateTable('audit').set({ by: NOBODY }).where('by', '=', by).where('server', '=', server).execute()
  })
}

/** What the last training found out about people. */
function forgetInSurvey(db: Database, dataset: number, by: string): Promise<void> {
  return db.transaction().execute(async (t) => {
    const row = await t
      .selectFrom('surveys')
      .select('summary')
      .where('dataset', '=', dataset)
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    const read = IssueSummary.parse(JSON.parse(row.summary))
    if (!read.teachers.some(({ teacher }) => teacher === by)) return
    const teachers = read.teachers.map((about) => (about.teacher === by ? { ...about, teacher: NOBODY } : about))
    const summary = JSON.stringify({ ...read, teachers })
    await t.updateTable('surveys').set({ summary }).where('dataset', '=', dataset).execute()
  })
}

/** What others did to, or together with, them. */
async function forgetInAudit(db: Database, server: string, by: string): Promise<void> {
  for (let last = 0; ; ) {
    const rows = await db
      .selectFrom('audit')
      .select(['id', 'detail'])
      .where('server', '=', server)
      .where('id', '>', last)
      .where(sql<boolean>`instr(detail, ${JSON.stringify(by)}) > 0`)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    await db.transaction().execute(async (t) => {
      for (const { id, detail } of rows)
        await t
          .updateTable('audit')
          .set({ detail: withoutPerson(detail, by) })
          .where('id', '=', id)
          .execute()
    })
    if (rows.length < BATCH) return
    last = rows.at(-1)?.id ?? last
  }
}

/** People are named whose pictures were withdrawn (`teacher`) and who decided the same (`also`). */
function withoutPerson(json: string, by: string): string {
  const detail = JSON.parse(json)
  if (detail.teacher === by) detail.teacher = NOBODY
  if (Array.isArray(detail.also)) detail.also = detail.also.map((other: unknown) => (other === by ? NOBODY : other))
  return JSON.stringify(detail)
}
